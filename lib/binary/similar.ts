/** Names that look like one that was not found: for the sentence "did you mean". */
import { functionPart, type SearchNames, searchFunctions } from './search.ts';

/** Changes of one letter that still count as a slip of the finger, by length of the word. */
const slips = (length: number): number => (length < 5 ? 1 : length < 10 ? 2 : 3);

/** Existing names like the wanted one, best first: those that hold its last part, else those within a few letters. */
export function similarNames({ names, wanted, limit = 5 }: Similar): string[] {
  const part = functionPart(wanted.toLowerCase());
  if (part === '') return [];
  const holding = searchFunctions(names, part, limit).matches.map(({ id }) => names.names[id] ?? '');
  if (holding.length > 0) return [...new Set(holding)];
  const near: { name: string; distance: number }[] = [];
  for (const name of names.names) {
    const distance = editDistance(part, functionPart(name.toLowerCase()), slips(part.length));
    if (distance !== null) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || a.name.length - b.name.length);
  return [...new Set(near.map(({ name }) => name))].slice(0, limit);
}

interface Similar {
  readonly names: SearchNames;
  readonly wanted: string;
  readonly limit?: number;
}

/** Levenshtein distance, or null above `most`. */
export function editDistance(a: string, b: string, most: number): number | null {
  if (Math.abs(a.length - b.length) > most) return null;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > most) return null;
    row = next;
  }
  const distance = row[b.length] ?? 0;
  return distance <= most ? distance : null;
}
