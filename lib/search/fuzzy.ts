/**
 * Fuzzy search in short texts (processes, commands of a page): each word of the query must be found, as it stands or as
 * letters in order. Functions of a binary have a search of their own (`lib/binary/ranking.ts`), for there are a million.
 */

/** One of the texts that an item is found by. */
export interface Field {
  readonly text: string;
  /** How much a hit here counts; 1 is usual. */
  readonly weight: number;
}

const AS_IT_STANDS = 100;
const AT_A_WORD = 50;
const AT_THE_START = 25;
const LETTERS_IN_ORDER = 40;
/** Shorter words are in almost every text, letter by letter. */
const SHORTEST_FUZZY = 3;

/** How well an item fits; higher is better. Null when a word is in none of its fields. An empty query fits all, with 0. */
export function fuzzyScore(fields: readonly Field[], query: string): number | null {
  let score = 0;
  for (const word of wordsOf(query)) {
    const best = Math.max(...fields.map(({ text, weight }) => weight * wordScore(text.toLowerCase(), word)));
    if (!(best > 0)) return null;
    score += best;
  }
  return score;
}

const wordsOf = (query: string): string[] => query.toLowerCase().split(/\s+/).filter(Boolean);

/** 0: the word is not there. */
function wordScore(text: string, word: string): number {
  let best = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    best = Math.max(best, AS_IT_STANDS + (isWordStart(text, at) ? AT_A_WORD : 0) + (at === 0 ? AT_THE_START : 0));
  }
  return best || lettersScore(text, word);
}

/** Letters in order, from the beginning of a word and close together; numbers are never taken apart. */
function lettersScore(text: string, word: string): number {
  if (word.length < SHORTEST_FUZZY || /^\d+$/.test(word)) return 0;
  let best = 0;
  const first = word.charAt(0);
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    if (!isWordStart(text, at)) continue;
    const span = spanOf(text, word, at);
    if (span <= word.length * 2) best = Math.max(best, LETTERS_IN_ORDER - (span - word.length));
  }
  return best;
}

/** How many letters of the text the word's letters stretch over from there; Infinity when they are not all there. */
function spanOf(text: string, word: string, from: number): number {
  let at = from;
  for (let i = 1; i < word.length; i++) {
    at = text.indexOf(word.charAt(i), at + 1);
    if (at < 0) return Number.POSITIVE_INFINITY;
  }
  return at - from + 1;
}

const isWordStart = (text: string, at: number): boolean => at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));
