import { count, plural } from '../../lib/format/format.ts';

interface Props {
  /** Single calls that were seen. */
  readonly seen: number;
  readonly returned: number;
  /** Rows stand for others. Without that, one or two calls seen later than they were counted are no sample. */
  readonly sampled: boolean;
}

/** Said wherever calls are listed and some are left out. Charts and figures are not sampled. */
export function SampledNote({ seen, returned, sampled }: Props) {
  if (!sampled || seen >= returned) return null;
  return (
    <p data-testid="sampled" className="shrink-0 border-b border-line px-4 py-[6px] text-12 text-muted">
      <span className="font-medium text-warn">Sampled:</span> {count(seen)} of {plural(returned, 'call')} are kept one
      by one, a share of each latency band; a row says for how many it stands. Charts and figures count every call.
    </p>
  );
}
