import { bytes, plural } from '../../lib/format/format.ts';
import type { SessionLine } from './lines.ts';

interface Props {
  readonly lines: readonly SessionLine[];
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

/** The search, and how much is kept and for how long. */
export function SessionTools({ lines, query, onQuery }: Props) {
  const kept = lines.flatMap((line) => line.kept ?? []);
  const size = kept.reduce((sum, { figures }) => sum + figures.bytes, 0);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2">
      <input
        type="search"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        aria-label="Search sessions"
        placeholder="Function, program, build or host"
        className="h-[30px] w-[320px] max-w-full rounded-control border border-line bg-bg px-[10px] placeholder:text-faint"
      />
      <p className="text-12 text-muted" data-testid="kept">
        {plural(kept.length, 'session')} kept, {bytes(size)}. The oldest go after 30 days, or beyond 5 GiB; pinned ones
        stay.
      </p>
    </div>
  );
}
