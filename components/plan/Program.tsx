import { plural } from '../../lib/format/format.ts';
import { ScrollBox } from '../ui/ScrollBox.tsx';
import { type Token, tokens } from './program-tokens.ts';

interface Props {
  readonly text: string;
  readonly open: boolean;
}

const COLOURS: Readonly<Record<Token['kind'], string>> = {
  plain: '',
  probe: 'text-text',
  map: 'text-slow',
  comment: 'text-faint italic',
};

/** The exact bpftrace program that Start runs. */
export function Program({ text, open }: Props) {
  return (
    <details open={open} data-testid="program">
      <summary className="text-muted select-none hover:text-text">
        The bpftrace program, {plural(text.split('\n').length, 'line')}
      </summary>
      <ScrollBox
        label="bpftrace program"
        className="mt-2 max-h-[420px] rounded-control border border-line bg-panel p-3"
      >
        <pre className="font-mono text-12 text-muted">
          {tokens(text).map(({ kind, text: piece, at }) => (
            <span key={at} className={COLOURS[kind]}>
              {piece}
            </span>
          ))}
        </pre>
      </ScrollBox>
    </details>
  );
}
