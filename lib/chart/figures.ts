/** The row of figures above the charts. */
import type { Language } from '../binary/binary.ts';
import { unwoundLabel } from '../calls/ending.ts';
import { age, count, durationParts, rate } from '../format/format.ts';
import { quantile } from '../latency/histogram.ts';
import { stillOpen } from '../timeline/open.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';

export type Tone = 'plain' | 'warn' | 'bad';

export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** Drawn small and grey after the value; may be empty. */
  readonly unit: string;
  /** A second, smaller figure beside it, in words. */
  readonly note?: string;
  readonly tone: Tone;
  /** What the figure means, for a tooltip. */
  readonly meaning: string;
}

export interface FigureContext {
  readonly language: Language;
  readonly unwoundExact: boolean;
  readonly live: boolean;
}

/** So much slower than the median and a tail is worth a colour. */
const WARN_FACTOR = 100;
const BAD_FACTOR = 1000;
/** The rate is a mean over this long: shorter jumps about, longer hides changes. */
const RATE_SPAN: Nanoseconds = 2e9;
const NOTHING = '–';

export function figures(timeline: Timeline, { language, unwoundExact, live }: FigureContext): readonly Figure[] {
  const { totals, histogram, latency } = timeline;
  const median = quantile(histogram, 0.5, latency);
  const percentile = (key: string, q: number): Figure => {
    const value = quantile(histogram, q, latency);
    return latencyFigure(key, key, value, q > 0.99 ? tone(value, median) : 'plain', `${key} of all returned calls`);
  };
  const amount = (
    key: string,
    label: string,
    value: number,
    meaning: string,
    toned: Tone = 'plain',
    prefix = '',
  ): Figure => ({
    key,
    label,
    value: prefix + count(value),
    unit: '',
    tone: toned,
    meaning,
  });
  // The list is up to a second old. Whether its calls still run is not known, so their age is that of the list.
  const open = stillOpen(timeline);
  const oldest = open?.calls[0] && open.at - open.calls[0].start;
  return [
    {
      key: 'rate',
      label: live ? 'Calls/s' : 'Mean calls/s',
      value: rate(callsPerSecond(timeline, live)),
      unit: '',
      tone: 'plain',
      meaning: live
        ? 'Calls entered a second, over the last two seconds'
        : 'Calls entered a second, mean of the whole trace',
    },
    amount('returned', 'Returned', totals.returned, 'Calls that returned, counted exactly'),
    percentile('p50', 0.5),
    percentile('p90', 0.9),
    percentile('p99', 0.99),
    percentile('p99.9', 0.999),
    latencyFigure(
      'max',
      'Max',
      latency?.max ?? null,
      tone(latency?.max ?? null, median),
      'The slowest call that returned',
      4,
    ),
    {
      ...amount('inFlight', 'In progress', totals.inFlight, 'Calls that have begun and not ended; age of the oldest'),
      ...(oldest === undefined ? {} : { note: `oldest ${age(oldest)}` }),
      tone: oldest !== undefined && latency && oldest > latency.max ? 'warn' : 'plain',
    },
    amount(
      'unwound',
      unwoundLabel(language),
      totals.unwound,
      unwoundExact ? 'Calls that ended without returning' : 'Calls that ended without returning; at least so many',
      'plain',
      unwoundExact || totals.unwound === 0 ? '' : '≥ ',
    ),
    amount('cutOff', 'Cut off', totals.cutOff, 'Calls that were open when their process died'),
    amount('unmatched', 'Unmatched', totals.unmatched, 'Exits of calls that began before the probes were attached'),
    amount(
      'lost',
      'Lost',
      totals.lost,
      'Events the kernel or bpftrace lost; above 0 all counts are lower bounds',
      totals.lost > 0 ? 'bad' : 'plain',
    ),
  ];
}

function latencyFigure(
  key: string,
  label: string,
  value: Nanoseconds | null,
  toned: Tone,
  meaning: string,
  digits = 3,
): Figure {
  const { value: text, unit } = value === null ? { value: NOTHING, unit: '' } : durationParts(value, digits);
  return { key, label, value: text, unit, tone: toned, meaning };
}

function tone(value: Nanoseconds | null, median: Nanoseconds | null): Tone {
  if (value === null || median === null || median === 0) return 'plain';
  if (value >= median * BAD_FACTOR) return 'bad';
  return value >= median * WARN_FACTOR ? 'warn' : 'plain';
}

export function callsPerSecond(timeline: Pick<Timeline, 'fine' | 'from' | 'to' | 'totals'>, live: boolean): number {
  const since = live ? Math.max(timeline.from, timeline.to - RATE_SPAN) : timeline.from;
  const span = timeline.to - since;
  if (span <= 0) return 0;
  if (!live) return timeline.totals.entered / (span / 1e9);
  let entered = 0;
  for (let index = timeline.fine.length - 1; index >= 0; index--) {
    const column = timeline.fine[index];
    if (!column || (column.from + column.to) / 2 < since) break;
    entered += column.entered;
  }
  return entered / (span / 1e9);
}
