/** Exact counts by latency: of each interval and in total, as CSV (RFC 4180, after comment lines) and as JSON. */
import { bucketFrom } from '../latency/buckets.ts';
import { bars } from '../latency/histogram.ts';
import type { Column } from '../timeline/column.ts';
import { exportHead, headLines } from './head.ts';
import { intervalsOf, sortedPairs } from './intervals.ts';
import type { ExportSource } from './source.ts';
import { utcWriter } from './time.ts';

/** Intervals that are written at once. */
const INTERVALS = 64;

/** One line for each bucket of each interval that has calls. All bounds are `[from, to)`. */
export function* bucketsCsv(source: ExportSource): Generator<string> {
  const columns = 'from_utc,from_boot_ns,to_boot_ns,latency_from_ns,latency_to_ns,calls';
  yield `${headLines(exportHead('buckets', source))}${columns}\r\n`;
  const utc = utcWriter(source.timeline.wallOffset);
  yield* inPieces(intervalsOf(source.timeline), (interval) => {
    const begin = `${utc(interval.from)},${interval.from},${interval.to}`;
    return sortedPairs(interval)
      .map(([bucket, calls]) => `${begin},${bucketFrom(bucket)},${bucketFrom(bucket + 1)},${calls}\r\n`)
      .join('');
  });
}

/** All calls that returned, by latency: one line for each bucket that has calls. */
export function* histogramCsv(source: ExportSource): Generator<string> {
  yield `${headLines(exportHead('histogram', source))}latency_from_ns,latency_to_ns,calls\r\n`;
  yield bars(source.timeline.histogram)
    .map(({ from, to, count }) => `${from},${to},${count}\r\n`)
    .join('');
}

/**
 * One document: `head`, `histogram` of all calls, and `intervals` with what was entered, returned, unwound and lost in
 * each. A bucket is `[latency_from_ns, latency_to_ns, calls]`; all bounds are `[from, to)`.
 */
export function* bucketsJson(source: ExportSource): Generator<string> {
  const { timeline } = source;
  const histogram = bars(timeline.histogram).map(({ from, to, count }) => [from, to, count]);
  yield `{"head":${JSON.stringify(exportHead('buckets', source))},\n"histogram":${JSON.stringify(histogram)},\n"intervals":[`;
  const utc = utcWriter(timeline.wallOffset);
  let separator = '\n';
  yield* inPieces(intervalsOf(timeline), (interval) => {
    const text = `${separator}${JSON.stringify(intervalJson(interval, utc))}`;
    separator = ',\n';
    return text;
  });
  yield '\n]}\n';
}

/** `returned` is the sum of the buckets; the other counts were read a moment before or after, and may be a call apart. */
function intervalJson(interval: Column, utc: (at: number) => string) {
  const pairs = sortedPairs(interval);
  return {
    from_utc: utc(interval.from),
    from_boot_ns: interval.from,
    to_boot_ns: interval.to,
    entered: interval.entered,
    returned: pairs.reduce((sum, [, calls]) => sum + calls, 0),
    unwound: interval.unwound,
    lost: interval.lost,
    single_calls: interval.singles,
    sampled: interval.sampled,
    buckets: pairs.map(([bucket, calls]) => [bucketFrom(bucket), bucketFrom(bucket + 1), calls]),
  };
}

function* inPieces(intervals: readonly Column[], write: (interval: Column) => string): Generator<string> {
  for (let from = 0; from < intervals.length; from += INTERVALS) {
    yield intervals
      .slice(from, from + INTERVALS)
      .map(write)
      .join('');
  }
}
