/** Ranking of matching names and the ranges to highlight in them. The only file that knows uFuzzy. */
import uFuzzy from '@leeoniya/ufuzzy';
import { functionBeforeClones } from './clone.ts';

/** One matching name. */
export interface Match {
  readonly id: number;
  /** Pairs of positions [from, to) in the name, ascending, not overlapping: from0, to0, from1, to1, ... */
  readonly ranges: readonly number[];
}

/** Terms match as they stand (no letters between), in any place of the name. */
const fuzzy = new uFuzzy({
  interSplit: '\\s+',
  intraSplit: '(?!)',
  intraBound: '(?!)',
  intraMode: 0,
  interIns: Number.POSITIVE_INFINITY,
  compare: (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0),
});

interface Limits {
  /** How many names uFuzzy sees. */
  readonly ranked: number;
  /** How many matches are returned. */
  readonly limit: number;
}

/** Puts the ids in order: by tier, within a tier as uFuzzy ranks them, shorter names first where it sees no difference. */
export function rank(
  names: readonly string[],
  tiers: readonly (readonly number[])[],
  words: readonly string[],
  { ranked, limit }: Limits,
): Match[] {
  const ids: number[] = [];
  let left = ranked;
  for (const tier of tiers) {
    if (left <= 0 || ids.length >= limit) break;
    const seen = tier.slice(0, left);
    left -= seen.length;
    ids.push(...ordered(names, seen, words));
  }
  // What is chosen with Enter is the function, not a cold part of it.
  const best = functionBeforeClones(ids, (id) => names[id] ?? '').slice(0, limit);
  return best.map((id) => ({ id, ranges: rangesOf(names[id] ?? '', words) }));
}

function ordered(names: readonly string[], ids: readonly number[], words: readonly string[]): number[] {
  const shortFirst = [...ids].sort((a, b) => (names[a]?.length ?? 0) - (names[b]?.length ?? 0) || a - b);
  const texts = shortFirst.map((id) => names[id] ?? '');
  // uFuzzy makes a regular expression of the query and gives `-` a meaning: it gets letters, digits and `_` only.
  const needle = words
    .join(' ')
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .trim();
  const all = texts.map((_, index) => index);
  const found = fuzzy.filter(texts, needle, all) ?? [];
  if (found.length === 0) return shortFirst;
  const info = fuzzy.info(found, texts, needle);
  const best = fuzzy.sort(info, texts, needle).map((place) => info.idx[place] ?? 0);
  // uFuzzy wants the words in their order; names that hold them in another order follow.
  const ranked = new Set(best);
  const rest = all.filter((index) => !ranked.has(index));
  return [...best, ...rest].map((index) => shortFirst[index] ?? 0);
}

/** Where the words stand in the name. A word is looked for behind the previous one first, then anywhere. */
export function rangesOf(name: string, words: readonly string[]): number[] {
  const lower = name.toLowerCase();
  if (lower.length !== name.length) return [];
  const spans: [number, number][] = [];
  let behind = 0;
  for (const word of words) {
    const next = lower.indexOf(word, behind);
    const at = next >= 0 ? next : lower.indexOf(word);
    if (at < 0) continue;
    spans.push([at, at + word.length]);
    behind = at + word.length;
  }
  return merge(spans.sort(([a], [b]) => a - b));
}

function merge(spans: readonly [number, number][]): number[] {
  const ranges: number[] = [];
  for (const [from, to] of spans) {
    const end = ranges.at(-1);
    if (end !== undefined && from <= end) ranges[ranges.length - 1] = Math.max(end, to);
    else ranges.push(from, to);
  }
  return ranges;
}
