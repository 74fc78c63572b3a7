/**
 * Sessions that run now, as OpenMetrics 1.0 text (prometheus.io/docs/specs/om/open_metrics_spec), which Prometheus scrapes.
 *
 * Bounds of the histogram are powers of two in nanoseconds, the same for every session and for ever, so that sums over
 * sessions and comparisons over time are exact; a bound `le` includes itself, and latencies are whole nanoseconds, so the
 * bucket of all calls below 2^k ns has `le` = 2^k - 1 ns.
 */
import { bucketOf } from '../latency/buckets.ts';
import type { SessionSource } from './source.ts';

/** 256 ns to 69 s. */
const [LEAST_POWER, MOST_POWER] = [8, 36];
const LONGEST_LABEL = 1000;

interface Sample {
  /** What comes behind the family's name. */
  readonly suffix: string;
  readonly labels: readonly Label[];
  readonly value: number;
}

type Label = readonly [name: string, value: string];

interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly unit: string | null;
  readonly help: string;
  readonly samples: (source: SessionSource) => readonly Sample[];
}

const counter = (name: string, help: string, value: (source: SessionSource) => number): Family => ({
  name: `heatprobe_${name}`,
  type: 'counter',
  unit: null,
  help,
  samples: (source) => [{ suffix: '_total', labels: [], value: value(source) }],
});

const FAMILIES: readonly Family[] = [
  {
    name: 'heatprobe_call_duration_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'Latency of the calls that returned. Each bound is one nanosecond below a power of two.',
    samples: histogramSamples,
  },
  counter('calls_entered', 'Calls that began.', ({ timeline }) => timeline.totals.entered),
  counter(
    'calls_unwound',
    'Calls left by an exception, a panic, a long jump or the end of their thread.',
    ({ timeline }) => timeline.totals.unwound,
  ),
  counter('calls_cut_off', 'Calls that were open when their process ended.', ({ timeline }) => timeline.totals.cutOff),
  counter(
    'calls_unmatched',
    'Returns of calls that began before the trace.',
    ({ timeline }) => timeline.totals.unmatched,
  ),
  counter(
    'events_lost',
    'Events that were lost. When not 0, the other counts are at least.',
    ({ timeline }) => timeline.totals.lost,
  ),
  {
    name: 'heatprobe_calls_in_progress',
    type: 'gauge',
    unit: null,
    help: 'Calls that have begun and not ended.',
    samples: ({ timeline }) => [{ suffix: '', labels: [], value: timeline.totals.inFlight }],
  },
];

/** All families, each with a sample or more of each session; ends with `# EOF`. */
export function openMetrics(sessions: readonly SessionSource[]): string {
  const text = FAMILIES.map(({ name, type, unit, help, samples }) =>
    [
      `# TYPE ${name} ${type}\n`,
      unit === null ? '' : `# UNIT ${name} ${unit}\n`,
      `# HELP ${name} ${escaped(help)}\n`,
      ...sessions.flatMap((source) =>
        samples(source).map(
          ({ suffix, labels, value }) => `${name}${suffix}{${labelText([...labelsOf(source), ...labels])}} ${value}\n`,
        ),
      ),
    ].join(''),
  );
  return `${text.join('')}# EOF\n`;
}

function labelsOf({ head: { id, subject } }: SessionSource): readonly Label[] {
  return [
    ['session', id],
    ['function', subject.symbol.demangled],
    ['binary', subject.path],
    ...(subject.pid === null ? [] : [['pid', String(subject.pid)] as const]),
  ];
}

function histogramSamples({ timeline: { histogram, latency } }: SessionSource): readonly Sample[] {
  const samples: Sample[] = [];
  let [below, bucket] = [0, 0];
  for (let power = LEAST_POWER; power <= MOST_POWER; power++) {
    // A power of two is the lower bound of a bucket.
    for (const end = bucketOf(2 ** power); bucket < end; bucket++) below += histogram[bucket] ?? 0;
    samples.push({ suffix: '_bucket', labels: [['le', String((2 ** power - 1) / 1e9)]], value: below });
  }
  const all = histogram.reduce((sum, count) => sum + count, 0);
  samples.push({ suffix: '_bucket', labels: [['le', '+Inf']], value: all });
  samples.push({ suffix: '_sum', labels: [], value: (latency?.sum ?? 0) / 1e9 });
  samples.push({ suffix: '_count', labels: [], value: all });
  return samples;
}

const labelText = (labels: readonly Label[]): string =>
  labels.map(([name, value]) => `${name}="${escaped(value.slice(0, LONGEST_LABEL))}"`).join(',');

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
