import type { ReactNode } from 'react';
import { halves } from './middle.ts';

interface Props {
  readonly text: string;
  /** Ranges `[from, to)` of the text. */
  readonly matches?: readonly (readonly [number, number])[];
}

/** A name that gives up its middle where there is no room; what matches is marked. */
export function MiddleCut({ text, matches = [] }: Props) {
  const { head, tail, tailFrom } = halves(text);
  return (
    <span className="flex min-w-0 whitespace-pre">
      <span className="min-w-0 truncate">{marked(head, 0, matches)}</span>
      {tail ? <span className="shrink-0">{marked(tail, tailFrom, matches)}</span> : null}
    </span>
  );
}

/** A piece of the name that begins at `from`, with its share of the matched ranges. */
function marked(piece: string, from: number, matches: NonNullable<Props['matches']>): ReactNode {
  const parts: ReactNode[] = [];
  let done = 0;
  for (const [begin, end] of matches.toSorted((a, b) => a[0] - b[0])) {
    const start = Math.max(begin - from, done);
    const stop = Math.min(end - from, piece.length);
    if (stop <= start) continue;
    parts.push(
      piece.slice(done, start),
      <mark key={start} className="bg-transparent text-accent">
        {piece.slice(start, stop)}
      </mark>,
    );
    done = stop;
  }
  return [...parts, piece.slice(done)];
}
