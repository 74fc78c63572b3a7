/** What the plan's card says about probed instructions. */
import { plural } from '../../lib/format/format.ts';
import type { Site } from '../../lib/protocol/plan.ts';

/** Said only where it is not what the name of the row says. */
const KINDS: Readonly<Record<Site['kind'], string>> = {
  entry: '',
  return: '',
  'tail-call': 'tail call',
  'maybe-tail-call': 'tail call if it leaves the function',
  landing: '',
};

/** The cost is said of single sites only where they differ; the card has a row for it. */
export function siteNote({ note, kind, cost }: Site, costsDiffer: boolean): string {
  const words = KINDS[kind];
  // The note of a tail call usually says so itself, and where it leads.
  const parts = [note, note.includes('tail call') ? '' : words, costsDiffer ? cost : ''];
  return parts.filter(Boolean).join(', ');
}

/** `21 exits · 19 returns, 2 tail calls`. */
export function exitsSummary(exits: readonly Site[]): string {
  const tails = exits.filter(({ kind }) => kind !== 'return').length;
  const count = plural(exits.length, 'exit');
  return tails === 0 ? count : `${count} · ${plural(exits.length - tails, 'return')}, ${plural(tails, 'tail call')}`;
}

export function exitsMeaning(exits: readonly Site[]): string {
  const slow = exits.filter(({ cost }) => cost === 'single-stepped').length;
  if (slow === 0) return 'all emulated';
  return slow === exits.length ? 'all single-stepped' : `${slow} of them single-stepped`;
}

/** The files that the sites are in, each once. */
export function filesOf(sites: readonly Site[]): readonly string[] {
  return [...new Set(sites.map(({ path }) => fileName(path)))];
}

/** One sentence for all; the list says of each which it is. */
export const LANDINGS_MEANING = 'where exceptions and longjmp go on; so calls that they leave are counted';

/** `/proc/PID/exe` is how the tracer opens a program, not its name. */
function fileName(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return name === 'exe' ? 'the program itself' : name;
}
