/**
 * Latencies as an HdrHistogram log, version 1.3: a compressed histogram for each interval. Read by HdrHistogram's own log
 * processor and the libraries of all languages. Written after their description: the log in HistogramLogWriter of
 * github.com/HdrHistogram/HdrHistogram, the histograms in its V2 encoding (counts as ZigZag LEB128).
 *
 * Values are nanoseconds. A bucket counts as its middle, kept between the fastest and the slowest call, just as percentiles
 * are on the page: at most 1.6 % off, to which three digits of HdrHistogram add 0.1 % at most.
 */
import { bucketFrom } from '../latency/buckets.ts';
import type { Column } from '../timeline/column.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import { exportHead, headLines } from './head.ts';
import { intervalsOf, sortedPairs } from './intervals.ts';
import type { ExportSource } from './source.ts';

/** Deflates (zlib, RFC 1950). */
export type Deflate = (bytes: Uint8Array) => Uint8Array;

const DIGITS = 3;
/** Sub-buckets in a power of two with three digits: half of the smallest power of two above 2 * 10^3. */
const HALF_BITS = 10;
/** Beyond the slowest latency that is told from others. */
const HIGHEST = 2 ** 43;
const COOKIE = 0x1c849313;
const COMPRESSED_COOKIE = 0x1c849314;
const HEADER = 40;

export function* hdrLog(source: ExportSource, deflate: Deflate): Generator<string> {
  const { timeline } = source;
  const start = (timeline.wallOffset + timeline.from / 1e6) / 1000;
  const began = `${start.toFixed(3)} (seconds since epoch), ${new Date(start * 1000).toISOString()}`;
  yield [
    '#[Histogram log format version 1.3]\n',
    headLines(exportHead('hdr-log', source)).replaceAll('\r\n', '\n'),
    '# Values are nanoseconds; the column Interval_Max is milliseconds.\n',
    `#[StartTime: ${began}]\n#[BaseTime: ${began}]\n`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"\n',
  ].join('');
  for (const interval of intervalsOf(timeline)) {
    const values = valuesOf(interval, timeline.latency);
    if (values.length === 0) continue;
    const from = (interval.from - timeline.from) / 1e9;
    const length = (interval.to - interval.from) / 1e9;
    const most = (values.at(-1)?.[0] ?? 0) / 1e6;
    yield `${from.toFixed(3)},${length.toFixed(3)},${most.toFixed(3)},${base64(compressed(values, deflate))}\n`;
  }
}

type Values = readonly (readonly [value: Nanoseconds, count: number])[];

function valuesOf(interval: Column, latency: Timeline['latency']): Values {
  const { min, max } = latency ?? { min: 0, max: HIGHEST - 1 };
  return sortedPairs(interval).map(([bucket, count]) => {
    const middle = Math.floor((bucketFrom(bucket) + bucketFrom(bucket + 1)) / 2);
    return [Math.min(Math.max(middle, min), max, HIGHEST - 1), count];
  });
}

function compressed(values: Values, deflate: Deflate): Uint8Array {
  const body = deflate(encoded(values));
  const bytes = new Uint8Array(8 + body.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, COMPRESSED_COOKIE);
  view.setInt32(4, body.length);
  bytes.set(body, 8);
  return bytes;
}

/** V2: a head of 40 bytes, then the counts from that of value 0 to the last; a run of n > 1 zeros as -n. */
export function encoded(values: Values): Uint8Array {
  const payload: number[] = [];
  let next = 0;
  let [pending, pendingIndex] = [0, -1];
  const flush = (): void => {
    if (pendingIndex < 0) return;
    const zeros = pendingIndex - next;
    if (zeros > 0) putZigZag(payload, zeros > 1 ? -zeros : 0);
    putZigZag(payload, pending);
    next = pendingIndex + 1;
  };
  for (const [value, count] of values) {
    const index = indexOf(value);
    if (index === pendingIndex) {
      pending += count;
      continue;
    }
    flush();
    [pending, pendingIndex] = [count, index];
  }
  flush();
  const bytes = new Uint8Array(HEADER + payload.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, COOKIE);
  view.setInt32(4, payload.length);
  view.setInt32(8, 0);
  view.setInt32(12, DIGITS);
  view.setBigInt64(16, 1n);
  view.setBigInt64(24, BigInt(HIGHEST));
  view.setFloat64(32, 1);
  bytes.set(payload, HEADER);
  return bytes;
}

/** Where a value is counted: linear below 2 * 2^10, then 2^10 equal parts of each power of two. */
function indexOf(value: Nanoseconds): number {
  const half = 2 ** HALF_BITS;
  if (value < 2 * half) return Math.floor(value);
  const bucket = Math.floor(Math.log2(value)) - HALF_BITS;
  return bucket * half + Math.floor(value / 2 ** bucket);
}

/** Small numbers of either sign in few bytes: seven bits each, the lowest first. */
function putZigZag(bytes: number[], value: number): void {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    for (let place = 0; place < 4; place++) {
      text += at + place <= bytes.length ? ALPHABET[(bits >> (18 - 6 * place)) & 63] : '=';
    }
  }
  return text;
}
