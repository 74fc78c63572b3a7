/**
 * Symbol search as you type. Two passes: a cheap one over all names (every word of the query must occur, letter case
 * aside), which also puts names that match at better places first; then uFuzzy ranks the best of those.
 */
import { functionBeforeClones } from './clone.ts';
import { type Match, rank } from './ranking.ts';

/** Names prepared for searching. Prepare once, search often. */
export interface SearchNames {
  /** Readable names; a name's position is its id. */
  readonly names: readonly string[];
  /** All names in lower case, each ended by a line feed: one long text is searched faster than many short ones. */
  readonly joined: string;
  /** Where in `joined` each name starts. */
  readonly starts: Uint32Array;
  /** Where in `joined` the function's own name within each name starts and ends: from0, to0, from1, to1, ... */
  readonly parts: Uint32Array;
}

export interface SearchResult {
  /** How many names match, shown or not. */
  readonly total: number;
  /** Best first. */
  readonly matches: readonly Match[];
}

/** So many names are ranked; more would take longer than a keystroke. */
const RANKED = 1000;

/** Prepares names for `searchFunctions`: 86,000 names, 8 MB, take about 0.2 s. */
export function prepareNames(names: readonly string[]): SearchNames {
  const starts = new Uint32Array(names.length + 1);
  let length = 0;
  names.forEach((name, id) => {
    length += name.length + 1;
    starts[id + 1] = length;
  });
  const joined = lowerCase(names.length === 0 ? '' : `${names.join('\n')}\n`);
  const parts = new Uint32Array(names.length * 2);
  names.forEach((name, id) => {
    const from = starts[id] ?? 0;
    const [begin, end] = functionSpan(name);
    parts[id * 2] = from + begin;
    parts[id * 2 + 1] = from + end;
  });
  return { names, joined, starts, parts };
}

/** Lower case of the same length: a few letters outside ASCII become two, which would shift all that follows. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * The functions whose names hold all words of the query, best first, at most `limit` of them. An empty query gives
 * the first ones in alphabetical order of what a person would look for: names of the program's own before
 * compiler-made ones.
 */
export function searchFunctions(names: SearchNames, query: string, limit = 200): SearchResult {
  const words = wordsOf(query);
  if (words.length === 0) {
    const ids = firstIds(names.names, limit);
    return { total: names.names.length, matches: ids.map((id) => ({ id, ranges: [] })) };
  }
  const tiers: number[][] = [[], [], [], []];
  let total = 0;
  // Once a tier alone fills what is ranked, how much worse others match needs no look.
  let wanted: number = TIER.INSIDE;
  for (const id of matchingIds(names, words)) {
    total += 1;
    const tier = tierOf(names, id, words, wanted);
    const bucket = tiers[tier];
    if (!bucket || bucket.length >= RANKED) continue;
    bucket.push(id);
    if (bucket.length === RANKED) wanted = Math.min(wanted, tier - 1);
  }
  return { total, matches: rank(names.names, tiers, words, { ranked: RANKED, limit }) };
}

/** The words that a name must hold. */
export const wordsOf = (query: string): readonly string[] => query.toLowerCase().split(/\s+/).filter(Boolean);

/** How well a name matches, at first sight. */
const TIER = { WHOLE: 0, START: 1, WORD: 2, INSIDE: 3 } as const;

/** Ids of the names that hold all words (lower case, at least one), ascending. */
export function* matchingIds({ joined, starts }: SearchNames, words: readonly string[]): Generator<number> {
  // The longest word is the rarest; the others are looked for only in the names that hold it.
  const [longest = '', ...others] = [...words].sort((a, b) => b.length - a.length);
  let id = 0;
  for (let at = joined.indexOf(longest); at >= 0; at = joined.indexOf(longest, starts[id + 1] ?? joined.length)) {
    id = rowAt(starts, at, id);
    const [from, to] = [starts[id] ?? 0, (starts[id + 1] ?? 0) - 1];
    if (others.length === 0 || holds(joined.slice(from, to), others)) yield id;
    if ((starts[id + 1] ?? joined.length) >= joined.length) return;
  }
}

const holds = (name: string, words: readonly string[]): boolean => words.every((word) => name.includes(word));

/** The row that holds position `at`; `from` is a row at or before it. */
function rowAt(starts: Uint32Array, at: number, from: number): number {
  let [low, high] = [from, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A word that is or begins the function's own name says most; `fs read` means the `read` of an `fs`. */
function tierOf({ joined, starts, parts }: SearchNames, id: number, words: readonly string[], wanted: number): number {
  if (wanted < TIER.WHOLE) return TIER.INSIDE;
  const [from, to] = [starts[id] ?? 0, (starts[id + 1] ?? 0) - 1];
  const [begin, end] = [parts[id * 2] ?? 0, parts[id * 2 + 1] ?? 0];
  let starting = false;
  for (const word of words) {
    const inPart = joined.startsWith(word, begin);
    if (inPart && begin + word.length === end) return TIER.WHOLE;
    const first = joined.startsWith(word, from);
    if (first && words.length === 1 && from + word.length === to) return TIER.WHOLE;
    starting ||= inPart || first;
  }
  if (starting) return TIER.START;
  if (wanted < TIER.WORD) return TIER.INSIDE;
  const name = joined.slice(from, to);
  return words.some((word) => startsWord(name, word)) ? TIER.WORD : TIER.INSIDE;
}

function startsWord(name: string, word: string): boolean {
  for (let at = name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1)) {
    if (at === 0 || !isWordCharacter(name.charCodeAt(at - 1))) return true;
  }
  return false;
}

/** The function's own name: `mul` of `main.(*arith).mul` and of `calc::arith::mul(int, int) const`. */
export function functionPart(name: string): string {
  return name.slice(...functionSpan(name));
}

function functionSpan(name: string): [number, number] {
  const parameters = name.indexOf('(', name.lastIndexOf(').') + 2);
  const end = parameters > 0 ? parameters : name.length;
  const dot = name.lastIndexOf('.', end - 1);
  const colons = name.lastIndexOf(':', end - 1);
  return [Math.max(dot, colons) + 1, end];
}

/** Lower-case letters, digits, underscore (the text is in lower case). */
function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
}

/** Names that begin so were made by a compiler or linker, or belong to a language's runtime. */
const NOT_OWN = /^(?:_|\$|type:|type\.\.|go:|runtime[./]|internal\/|std::|core::|alloc::|non-virtual thunk|__)/;

/** The first ids in alphabetical order: of the program's own main part, of its other functions, of what others made. */
function firstIds(names: readonly string[], limit: number): number[] {
  const byName = (a: number, b: number) => order(names[a] ?? '', names[b] ?? '');
  const groups: [number[], number[], number[]] = [[], [], []];
  /** For each group, when it has been cut to the first few, the last of them. */
  const last: (string | undefined)[] = [];
  names.forEach((name, id) => {
    const at = NOT_OWN.test(name) ? 2 : isProgramsOwn(name) ? 0 : 1;
    const bound = last[at];
    if (bound !== undefined && name >= bound) return;
    const group = groups[at];
    group.push(id);
    // Sorting a million names takes a second; only the first few are wanted.
    if (group.length < 16 * limit) return;
    group.sort(byName).splice(limit);
    last[at] = names[group.at(-1) ?? 0];
  });
  const first = groups.flatMap((group) => group.sort(byName)).slice(0, limit);
  return functionBeforeClones(first, (id) => names[id] ?? '');
}

function isProgramsOwn(name: string): boolean {
  return name === 'main' || name.startsWith('main.') || name.startsWith('main(') || /(?:^|::)main$/.test(name);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
