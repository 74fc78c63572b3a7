/**
 * What is different about some calls: values that are more frequent among them than among the others.
 *
 * A sampled call counts for all that it stands for. Values are ranked by what the difference of the two shares is at
 * least, so that three calls do not shout: the lower end of Newcombe's interval for a difference of proportions
 * (Statistics in Medicine 17, 1998, method 10), made of two Wilson intervals. A sample with unequal weights is worth
 * fewer calls than it has (Kish: squared sum over sum of squares). The more values are compared, the wider are the
 * intervals.
 */
import type { Language } from '../binary/binary.ts';
import { OUTCOMES } from '../timeline/calls.ts';
import type { CallFilter } from '../view/state.ts';
import { callerKey } from './caller.ts';
import { endingWords } from './ending.ts';
import { DIMENSIONS, type Dimension, type Group, type Tally, type Value, type Weight } from './tally.ts';

export interface Finding {
  readonly dimension: Dimension;
  /** As the filter names it. */
  readonly value: string | number;
  /** Shares of all calls that are stood for, 0 to 1. */
  readonly share: number;
  readonly elsewhere: number;
  /** The difference of both is at least this, by all that is known. */
  readonly atLeast: number;
  /** Single calls of the picked that have the value. */
  readonly calls: number;
}

/** How often a value may be named that differs by chance alone. */
const ERROR_RATE = 0.05;
/** A difference of less than three in a hundred explains nothing. */
const LEAST_DIFFERENCE = 0.03;

/** What all calls of a filter have in common because of it: that they differ in this from the others says nothing. */
export function fixedBy({ caller, goroutine, tid, pid, outcome }: CallFilter): readonly Dimension[] {
  const isOne = (...values: readonly unknown[]): boolean => values.some((value) => value !== null);
  const fixed: Readonly<Record<Dimension, boolean>> = {
    caller: isOne(caller),
    goroutine: isOne(goroutine),
    thread: isOne(tid),
    // Threads and goroutines are of one process.
    process: isOne(pid, tid, goroutine),
    outcome: isOne(outcome),
  };
  return DIMENSIONS.filter((dimension) => fixed[dimension]);
}

/**
 * Best first; empty when nothing stands out, or when there is nothing to compare.
 * @param fixed dimensions that are left out
 */
export function differences(
  tally: Tally,
  names: Pick<ReadonlyMap<number, string>, 'get'>,
  fixed: readonly Dimension[] = [],
): readonly Finding[] {
  const { picked, rest } = tally;
  if (picked.weight === 0 || rest.weight === 0) return [];
  return DIMENSIONS.filter((dimension) => !fixed.includes(dimension))
    .flatMap((dimension) => {
      const values = byName(dimension, tally.values[dimension], names);
      const z = zFor(values.size);
      return [...values].flatMap(([value, { picked: among, rest: elsewhere }]) => {
        const [share, other] = [among.weight / picked.weight, elsewhere.weight / rest.weight];
        if (share <= other) return [];
        const atLeast = differenceAtLeast([share, worth(picked)], [other, worth(rest)], z);
        return atLeast >= LEAST_DIFFERENCE
          ? [{ dimension, value, share, elsewhere: other, atLeast, calls: among.calls }]
          : [];
      });
    })
    .sort((a, b) => b.atLeast - a.atLeast || b.share - a.share);
}

/** Values whose names are the same are one: a function may have been called from several addresses of one line. */
function byName(
  dimension: Dimension,
  values: ReadonlyMap<number, Value>,
  names: Pick<ReadonlyMap<number, string>, 'get'>,
): Map<string | number, Value> {
  const result = new Map<string | number, Value>();
  for (const [number, value] of values) {
    if (isUnknown(dimension, number)) continue;
    const name =
      dimension === 'caller' ? callerKey(names, number) : dimension === 'outcome' ? (OUTCOMES[number] ?? '') : number;
    const before = result.get(name);
    result.set(name, before ? { picked: sum(before.picked, value.picked), rest: sum(before.rest, value.rest) } : value);
  }
  return result;
}

const isUnknown = (dimension: Dimension, value: number): boolean =>
  (dimension === 'caller' && value <= 0) || (dimension === 'goroutine' && value <= 0);

const sum = (a: Weight, b: Weight): Weight => ({ calls: a.calls + b.calls, weight: a.weight + b.weight });

/** How many calls of equal weight a group is worth. */
const worth = ({ weight, squares }: Group): number => (squares > 0 ? (weight * weight) / squares : 0);

/** Beyond it lies at most the error rate, over so many comparisons: from the bound `exp(-z²/2)` of the normal's tails. */
const zFor = (comparisons: number): number => Math.sqrt(2 * Math.log(Math.max(1, comparisons) / ERROR_RATE));

/** Wilson's interval for a share that was seen in so many calls (JASA 22, 1927). */
export function wilson(share: number, calls: number, z: number): { readonly low: number; readonly high: number } {
  if (calls <= 0) return { low: 0, high: 1 };
  const square = (z * z) / calls;
  const middle = share + square / 2;
  const half = z * Math.sqrt((share * (1 - share)) / calls + square / (4 * calls));
  return { low: Math.max(0, (middle - half) / (1 + square)), high: Math.min(1, (middle + half) / (1 + square)) };
}

type Seen = readonly [share: number, calls: number];

/** What the difference of two shares is at least; below 0 when it may be the other way round. */
export function differenceAtLeast([a, callsA]: Seen, [b, callsB]: Seen, z: number): number {
  const low = a - wilson(a, callsA, z).low;
  const high = wilson(b, callsB, z).high - b;
  return a - b - Math.hypot(low, high);
}

/** The filter that lists only calls with this value. */
export function onlyThis({ dimension, value }: Pick<Finding, 'dimension' | 'value'>): Partial<CallFilter> {
  if (dimension === 'caller') return { caller: String(value) };
  if (dimension === 'outcome') return { outcome: OUTCOMES.find((name) => name === value) ?? null };
  const number = Number(value);
  return dimension === 'goroutine' ? { goroutine: number } : dimension === 'thread' ? { tid: number } : { pid: number };
}

export interface DifferenceWords {
  /** `92 % were called from` */
  readonly before: string;
  /** What is named: a function, `thread 15447`; empty where the words say it already. */
  readonly value: string;
  /** `elsewhere 11 %` */
  readonly after: string;
}

/** A finding in words, in three parts so that the value can be drawn apart. */
export function differenceWords({ dimension, value, share, elsewhere }: Finding, language: Language): DifferenceWords {
  const amount = shareWords(share);
  const after = `elsewhere ${shareWords(elsewhere)}`;
  if (dimension === 'caller') return { before: `${amount} were called from`, value: String(value), after };
  if (dimension === 'outcome') {
    const outcome = OUTCOMES.find((name) => name === value) ?? 'returned';
    const words = endingWords(outcome, language);
    return { before: `${amount} ${outcome === 'returned' ? words : `were ${words}`}`, value: '', after };
  }
  if (dimension === 'process') return { before: `${amount} were in`, value: `process ${value}`, after };
  return { before: `${amount} ran on`, value: `${dimension} ${value}`, after };
}

/** `92 %`; never 0 % of some nor 100 % of less than all. */
export function shareWords(share: number): string {
  if (share <= 0) return '0 %';
  if (share >= 1) return '100 %';
  if (share < 0.01) return 'under 1 %';
  return share > 0.99 ? 'over 99 %' : `${Math.round(share * 100)} %`;
}
