/** Names that look like one that was not found: for the sentence "did you mean". */
import { functionPart, type SearchNames, searchFunctions } from './search.ts';

/** Changes of one letter that still count as a slip of the finger, by length of the word. */
const slips = (length: number): number => (length < 5 ? 1 : length < 10 ? 2 : 3);

/** Ids of existing names like the wanted one, best first: those that hold its last part, else those within a few letters. */
export function similarIds({ names, wanted, limit = 5 }: Similar): number[] {
  const part = functionPart(wanted.trim().toLowerCase());
  if (part === '') return [];
  const holding = searchFunctions(names, part, limit).matches;
  if (holding.length > 0) return holding.map(({ id }) => id);
  const { joined, parts } = names;
  const most = slips(part.length);
  const near: { id: number; distance: number }[] = [];
  for (let id = 0; id < names.names.length; id++) {
    const [from, to] = [parts[id * 2] ?? 0, parts[id * 2 + 1] ?? 0];
    // Most names are told apart by their length, without being looked at.
    if (Math.abs(to - from - part.length) > most) continue;
    const distance = editDistance(part, joined.slice(from, to), most);
    if (distance !== null) near.push({ id, distance });
  }
  const length = (id: number): number => names.names[id]?.length ?? 0;
  near.sort((a, b) => a.distance - b.distance || length(a.id) - length(b.id));
  return near.slice(0, limit).map(({ id }) => id);
}

interface Similar {
  readonly names: SearchNames;
  readonly wanted: string;
  readonly limit?: number;
}

/** Changes of a letter, missing and surplus ones, and swapped neighbours (Damerau and Levenshtein); null above `most`. */
export function editDistance(a: string, b: string, most: number): number | null {
  if (Math.abs(a.length - b.length) > most) return null;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? most) + 1 : most + 1;
      next.push(Math.min(change, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > most && Math.min(...row) >= most) return null;
    [before, row] = [row, next];
  }
  const distance = row[b.length] ?? 0;
  return distance <= most ? distance : null;
}
