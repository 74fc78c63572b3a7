/** `--fail-if`: what must not have happened between A and B, as a script says it. */
import { duration, rate } from '../format/format.ts';
import type { CallSet } from './call-set.ts';
import { quantileRatio, rateBounds, rateRatio } from './compare.ts';
import { quantileBounds, quantileOf } from './quantile.ts';
import { changeBoundsWords, changeWords } from './words.ts';

export type Metric =
  | { readonly kind: 'percentile'; readonly name: string; readonly q: number }
  | { readonly kind: 'rate'; readonly name: 'rate' };

/** `p99 > 1.2x`. */
export interface Condition {
  /** As it was written. */
  readonly text: string;
  readonly metric: Metric;
  readonly above: boolean;
  /** `ratio`: B : A. `value`: of B alone, in nanoseconds or calls a second. */
  readonly limit: { readonly kind: 'ratio' | 'value'; readonly value: number };
}

/** Why a text is no condition; a sentence. */
export interface NotACondition {
  readonly wrong: string;
}

const SHAPE = /^\s*([a-z][\w.]*)\s*(>=|<=|>|<)\s*(\d+(?:\.\d+)?)\s*(x|×|ns|us|µs|ms|s|min|\/s)?\s*$/i;
const DURATIONS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, min: 60e9 };
const EXAMPLES = "Examples: 'p99 > 1.2x', 'p50 > 5ms', 'rate < 0.9x', 'rate < 100/s'.";

/** Total: every text is a condition or a sentence that says what is wrong with it. */
export function parseCondition(text: string): Condition | NotACondition {
  const [, name = '', sign = '', number = '', unit = ''] = SHAPE.exec(text) ?? [];
  const quoted = JSON.stringify(text);
  if (name === '') return { wrong: `${quoted} is not FIGURE > LIMIT or FIGURE < LIMIT. ${EXAMPLES}` };
  const metric = metricOf(name.toLowerCase());
  if ('wrong' in metric) return metric;
  const limit = limitOf(metric, Number(number), unit.toLowerCase());
  if ('wrong' in limit) return { wrong: `${quoted}: ${limit.wrong}` };
  return { text: text.trim(), metric, above: sign.startsWith('>'), limit };
}

function metricOf(name: string): Metric | NotACondition {
  if (name === 'rate') return { kind: 'rate', name };
  if (name === 'max') {
    return { wrong: 'max is one call, and says nothing of how sure it is. Use a percentile, such as p99.9.' };
  }
  const percent = /^p(\d{1,2}(?:\.\d{1,4})?)$/.exec(name)?.[1];
  const q = Number(percent) / 100;
  if (q > 0 && q < 1) return { kind: 'percentile', name, q };
  return {
    wrong: `There is no figure ${JSON.stringify(name)}: it is a percentile such as p50, p99 or p99.9, or rate.`,
  };
}

function limitOf(metric: Metric, value: number, unit: string): Condition['limit'] | NotACondition {
  if (!(value > 0)) return { wrong: 'the limit must be above 0.' };
  if (unit === 'x' || unit === '×') return { kind: 'ratio', value };
  const size = DURATIONS[unit];
  if (metric.kind === 'percentile' && size !== undefined) return { kind: 'value', value: value * size };
  if (metric.kind === 'rate' && unit === '/s') return { kind: 'value', value };
  const wanted = metric.kind === 'rate' ? '0.9x or 100/s' : '1.2x or 5ms';
  return { wrong: `a limit of ${metric.name} needs a unit, such as ${wanted}.` };
}

export interface Judgement {
  readonly condition: Condition;
  /** `undecided`: too few calls to tell. */
  readonly outcome: 'met' | 'not met' | 'undecided';
  /** What was looked at: `+98 % to +190 %`. */
  readonly found: string;
}

/** A figure, and the interval in which it lies; 0 and infinity: no bound. */
interface Found {
  readonly measured: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Judges all conditions at once. One holds only if the whole interval lies beyond its limit, so that chance alone fails
 * at most one build in forty, however many conditions there are (the 95 % are shared between them: Bonferroni).
 * @param anyChange the measured figures alone decide, however few the calls
 */
export function judge(
  conditions: readonly Condition[],
  { a, b }: { readonly a: CallSet; readonly b: CallSet },
  anyChange: boolean,
): readonly Judgement[] {
  const tail = 0.025 / Math.max(1, conditions.length);
  return conditions.map((condition) => {
    const found = condition.metric.kind === 'rate' ? rateOf(condition, a, b, tail) : latencyOf(condition, a, b, tail);
    if (!found) return { condition, outcome: 'undecided', found: 'no calls' };
    return {
      condition,
      outcome: outcomeOf(condition, found, anyChange),
      found: foundWords(condition, found, anyChange),
    };
  });
}

function rateOf({ limit }: Condition, a: CallSet, b: CallSet, tail: number): Found | null {
  const [ofA, ofB] = [rateBounds(a, tail), rateBounds(b, tail)];
  if (limit.kind === 'value') return ofB;
  return ofA && ofB && ofA.measured > 0 ? rateRatio(ofA, ofB) : null;
}

function latencyOf({ metric, limit }: Condition, a: CallSet, b: CallSet, tail: number): Found | null {
  if (metric.kind === 'rate') return null;
  const [ofA, ofB] = [quantileOf(a, metric.q), quantileOf(b, metric.q)];
  if (!ofB) return null;
  const bounds = quantileBounds(ofB, tail);
  if (limit.kind === 'ratio') return ofA && quantileRatio(quantileBounds(ofA, tail), bounds);
  const { bar, low, high } = bounds;
  return { measured: (bar.from + bar.to) / 2, low: low ?? 0, high: high ?? Number.POSITIVE_INFINITY };
}

function outcomeOf({ above, limit: { value } }: Condition, found: Found, anyChange: boolean): Judgement['outcome'] {
  const { measured, low, high } = found;
  if (anyChange) return (above ? measured > value : measured < value) ? 'met' : 'not met';
  if (above ? low > value : high < value) return 'met';
  return low === 0 || high === Number.POSITIVE_INFINITY ? 'undecided' : 'not met';
}

function foundWords({ metric, limit }: Condition, found: Found, anyChange: boolean): string {
  if (limit.kind === 'ratio') {
    return anyChange ? `measured ${changeWords(found.measured)}` : changeBoundsWords(found);
  }
  const text = metric.kind === 'rate' ? (value: number) => `${rate(value)}/s` : (value: number) => duration(value);
  if (anyChange) return `measured ${text(found.measured)}`;
  const high = Number.isFinite(found.high) ? ` to ${text(found.high)}` : ' or more';
  return `${text(found.low)}${high}`;
}
