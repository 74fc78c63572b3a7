/**
 * Symbol search as you type. Two passes: a cheap one over all names (every word of the query must occur, letter case
 * aside), which also puts names that match at better places first; then uFuzzy ranks the best of those.
 */
import { type Match, rank } from './ranking.ts';

/** Names prepared for searching. Prepare once, search often. */
export interface SearchNames {
  /** Readable names; a name's position is its id. */
  readonly names: readonly string[];
  /** All names in lower case, each ended by a line feed: one long text is searched faster than many short ones. */
  readonly joined: string;
  /** Where in `joined` each name starts. */
  readonly starts: Uint32Array;
}

export interface SearchResult {
  /** How many names match, shown or not. */
  readonly total: number;
  /** Best first. */
  readonly matches: readonly Match[];
}

/** So many names are ranked; more would take longer than a keystroke. */
const RANKED = 2000;

/** Prepares names for `searchFunctions`: 110,000 names, 6 MB, take about 30 ms. */
export function prepareNames(names: readonly string[]): SearchNames {
  const starts = new Uint32Array(names.length + 1);
  let length = 0;
  names.forEach((name, id) => {
    length += name.length + 1;
    starts[id + 1] = length;
  });
  const text = names.length === 0 ? '' : `${names.join('\n')}\n`;
  return { names, joined: lowerCase(text), starts };
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
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    const ids = firstIds(names, limit);
    return { total: names.names.length, matches: ids.map((id) => ({ id, ranges: [] })) };
  }
  const tiers: number[][] = [[], [], [], []];
  let total = 0;
  for (const { id, tier } of occurrences(names, words)) {
    total += 1;
    const bucket = tiers[tier];
    if (bucket && bucket.length < RANKED) bucket.push(id);
  }
  return { total, matches: rank(names.names, tiers, words, { ranked: RANKED, limit }) };
}

/** How well a name matches, at first sight. */
const TIER = { WHOLE: 0, START: 1, WORD: 2, INSIDE: 3 } as const;

interface Occurrence {
  readonly id: number;
  readonly tier: number;
}

function* occurrences(names: SearchNames, words: readonly string[]): Generator<Occurrence> {
  const { joined, starts } = names;
  // The longest word is the rarest; the others are looked for only in the names that hold it.
  const [longest = '', ...others] = [...words].sort((a, b) => b.length - a.length);
  let id = 0;
  for (let at = joined.indexOf(longest); at >= 0; at = joined.indexOf(longest, starts[id + 1] ?? joined.length)) {
    id = rowAt(starts, at, id);
    const [from, to] = [starts[id] ?? 0, (starts[id + 1] ?? 0) - 1];
    const name = joined.slice(from, to);
    if (others.every((word) => name.includes(word))) yield { id, tier: tierOf(name, words) };
    if ((starts[id + 1] ?? joined.length) >= joined.length) return;
  }
}

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
function tierOf(name: string, words: readonly string[]): number {
  const identifier = functionPart(name);
  if (words.length === 1 && name === words[0]) return TIER.WHOLE;
  if (words.some((word) => word === identifier)) return TIER.WHOLE;
  if (words.some((word) => name.startsWith(word) || identifier.startsWith(word))) return TIER.START;
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
  const parameters = name.indexOf('(', name.lastIndexOf(').') + 2);
  const end = parameters > 0 ? parameters : name.length;
  const dot = name.lastIndexOf('.', end - 1);
  const colons = name.lastIndexOf(':', end - 1);
  return name.slice(Math.max(dot, colons) + 1, end);
}

/** Lower-case letters, digits, underscore (the text is in lower case). */
function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
}

/** Names that begin so were made by a compiler or linker, or belong to a language's runtime. */
const NOT_OWN = /^(?:_|\$|type:|type\.\.|go:|runtime[./]|internal\/|std::|core::|alloc::|non-virtual thunk|__)/;

function firstIds({ names }: SearchNames, limit: number): number[] {
  const own: number[] = [];
  const rest: number[] = [];
  names.forEach((name, id) => {
    if (!NOT_OWN.test(name)) own.push(id);
    else if (rest.length < limit) rest.push(id);
  });
  const byName = (a: number, b: number) => order(names[a] ?? '', names[b] ?? '');
  const main = own.filter((id) => isProgramsOwn(names[id] ?? '')).sort(byName);
  if (main.length >= limit) return main.slice(0, limit);
  const others = own.filter((id) => !isProgramsOwn(names[id] ?? '')).sort(byName);
  return [...main, ...others, ...rest].slice(0, limit);
}

function isProgramsOwn(name: string): boolean {
  return name === 'main' || name.startsWith('main.') || name.startsWith('main(') || /(?:^|::)main$/.test(name);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
