/** The finding of a comparison in one sentence, and its figures as text. */
import { count, duration, durationRange, rate } from '../format/format.ts';
import type { Comparison, PercentileShift, RateBounds, Verdict } from './compare.ts';
import type { QuantileBounds } from './quantile.ts';
import type { Ratio } from './ratio.ts';

const VERBS = { higher: 'rose', lower: 'fell' } as const;

type Changed = 'higher' | 'lower';

const isChange = (verdict: Verdict): verdict is Changed => verdict === 'higher' || verdict === 'lower';

/** `p99 rose from 12.1 to 31.0 ms (95 % CI 28.2 to 35.1 ms); no change seen in p50 and p90.` */
export function findingWords(comparison: Comparison): string {
  const { calls, doubts } = comparison;
  if (calls.a === 0 && calls.b === 0) return 'There are no calls to compare.';
  if (calls.a === 0) return 'A has no calls to compare with.';
  if (calls.b === 0) return 'B has no calls to compare.';
  const finding = latencyWords(comparison.percentiles);
  const rates = rateWords(comparison);
  const sentence = `${finding}${rates === '' ? '' : `; ${rates}`}.`;
  return doubts.length > 0 ? `With counts that are only bounds: ${sentence}` : capital(sentence);
}

function latencyWords(percentiles: readonly PercentileShift[]): string {
  const lead = surest(percentiles);
  const names = (verdict: Verdict) =>
    list(percentiles.filter((shift) => shift !== lead && shift.verdict === verdict).map(({ name }) => name));
  const [risen, fallen, unclear] = [names('higher'), names('lower'), names('unclear')];
  const [same, few] = [names('no change'), names('too few calls')];
  const too = (verdict: Changed) => (lead?.verdict === verdict ? ', too' : '');
  const parts = [
    lead ? shiftWords(lead) : '',
    risen && `${risen} rose${too('higher')}`,
    fallen && `${fallen} fell${too('lower')}`,
    unclear && `unclear for ${unclear}`,
    same && `no change seen in ${same}`,
    few && `too few calls for ${few}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** Of those that changed, the one whose shift is at least the largest. */
function surest(percentiles: readonly PercentileShift[]): PercentileShift | null {
  const least = ({ ratio, verdict }: PercentileShift): number =>
    !ratio || !isChange(verdict) ? 0 : verdict === 'higher' ? ratio.low : 1 / ratio.high;
  return percentiles.reduce<PercentileShift | null>(
    (best, shift) => (least(shift) > (best ? least(best) : 0) ? shift : best),
    null,
  );
}

function shiftWords({ name, verdict, a, b }: PercentileShift): string {
  if (!a || !b || !isChange(verdict)) return '';
  return `${name} ${VERBS[verdict]} from ${durationRange(middle(a), middle(b))} (95 % CI ${boundsWords(b)})`;
}

function rateWords({ rate: { a, b, verdict } }: Comparison): string {
  if (!a || !b || !isChange(verdict)) return '';
  return `calls a second ${VERBS[verdict]} from ${rate(a.measured)} to ${rate(b.measured)}`;
}

/** The middle of its bucket. */
export const middle = ({ bar: { from, to } }: QuantileBounds): number => (from + to) / 2;

/** `28.2 to 35.1 ms`, `28.2 ms or more`. */
export function boundsWords({ low, high }: Pick<QuantileBounds, 'low' | 'high'>): string {
  if (low !== null && high !== null) return durationRange(low, high);
  if (low !== null) return `${duration(low)} or more`;
  return high === null ? 'too few calls' : `${duration(high)} or less`;
}

/** Where there is little room: `28.2–35.1 ms`, `≥ 28.2 ms`. */
export const shortBounds = (words: string): string =>
  words
    .replace(/^(.+) or more$/, '≥ $1')
    .replace(/^(.+) or less$/, '≤ $1')
    .replace(/^([^+−]+) to /, '$1–');

/** `112 to 131`; the unit is said elsewhere. */
export const rateBoundsWords = ({ low, high }: RateBounds): string => `${rate(low)} to ${rate(high)}`;

/** A ratio as a change: `+156 %`, `−12 %`, `× 31`. */
export function changeWords(value: number): string {
  if (value >= 10) return `× ${value >= 100 ? Math.round(value) : value.toFixed(1)}`;
  const change = (value - 1) * 100;
  const digits = Math.abs(change) < 9.95 ? 1 : 0;
  const text = Math.abs(change).toFixed(digits);
  return Number(text) === 0 ? '0 %' : `${change > 0 ? '+' : '−'}${text} %`;
}

/** `−3.1 to +5.2 %`, `+12 % or more`. */
export function changeBoundsWords({ low, high }: Ratio): string {
  if (low > 0 && Number.isFinite(high)) {
    const [from, to] = [changeWords(low), changeWords(high)];
    return `${to.endsWith(' %') ? from.replace(' %', '') : from} to ${to}`;
  }
  if (low > 0) return `${changeWords(low)} or more`;
  return Number.isFinite(high) ? `${changeWords(high)} or less` : 'too few calls';
}

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}

/** Names of percentiles stay as they are. */
const capital = (text: string): string => (/^p\d/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1));

export const DIFFERENT_FUNCTIONS = 'A and B are calls of different functions.';

/** What a reader must know besides the finding; sentences. */
export function notesOf({ percentiles, independenceAssumed, doubts, calls }: Comparison): string[] {
  const few = percentiles.filter(({ verdict }) => verdict === 'too few calls');
  const needs = few.map(({ name, needs }) => `${name} at least ${count(needs)}`);
  const sides = list(independenceAssumed);
  return [
    ...doubts,
    ...(calls.a > 0 && calls.b > 0 && needs.length > 0
      ? [`Each side needs enough calls for an interval: ${list(needs)}; more where calls of one moment are alike.`]
      : []),
    ...(sides === ''
      ? []
      : [
          `It is not known when the calls of ${sides} returned: they are taken for independent, so intervals may be too short.`,
        ]),
  ];
}
