import type { ReactNode } from 'react';
import { bytes } from '../../lib/format/format.ts';
import type { SymbolOption } from './symbol-rows.ts';

/** One function: its name below the group's heading, what matches, its size. */
export function SymbolOptionRow({ option: { symbol, text, matches } }: { readonly option: SymbolOption }) {
  return (
    <div
      data-testid="symbol"
      data-symbol={symbol.name}
      title={symbol.demangled}
      className="flex h-full items-center gap-4 px-4"
    >
      <span className="min-w-0 flex-1 truncate font-mono text-12">{marked(text, matches)}</span>
      <span className="shrink-0 text-12 text-muted">{bytes(symbol.size)}</span>
    </div>
  );
}

function marked(text: string, matches: SymbolOption['matches']): ReactNode {
  const parts: ReactNode[] = [];
  let done = 0;
  for (const [from, to] of matches.toSorted((a, b) => a[0] - b[0])) {
    if (to <= done) continue;
    const start = Math.max(from, done);
    parts.push(
      text.slice(done, start),
      <mark key={start} className="bg-transparent text-accent">
        {text.slice(start, to)}
      </mark>,
    );
    done = to;
  }
  return [...parts, text.slice(done)];
}
