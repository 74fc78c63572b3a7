import { deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bucketFrom, bucketOf } from '../latency/buckets.ts';
import { exampleSource } from './example.ts';
import { encoded, hdrLog } from './hdr-log.ts';

/** Counts and their values, decoded as the encoding is described; by nothing that is shared with the writer. */
function decode(bytes: Uint8Array): { readonly value: number; readonly count: number }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(view.getInt32(0)).toBe(0x1c849313);
  expect(view.getInt32(4)).toBe(bytes.length - 40);
  expect([view.getInt32(8), view.getInt32(12), view.getBigInt64(16), view.getFloat64(32)]).toEqual([0, 3, 1n, 1]);
  expect(view.getBigInt64(24)).toBe(2n ** 43n);
  const found: { value: number; count: number }[] = [];
  let [index, at] = [0, 40];
  while (at < bytes.length) {
    let [bits, shift] = [0n, 0n];
    for (;;) {
      const byte = bytes[at++] ?? 0;
      bits |= BigInt(byte & 127) << shift;
      if (byte < 128) break;
      shift += 7n;
    }
    const number = Number((bits >> 1n) ^ -(bits & 1n));
    if (number < 0) index -= number;
    else {
      const [bucket, part] = [Math.max(0, Math.floor(index / 1024) - 1), index % 1024];
      const value = index < 1024 ? index : (1024 + part) * 2 ** bucket;
      if (number > 0) found.push({ value, count: number });
      index += 1;
    }
  }
  return found;
}

const VALUES = [
  [0, 3],
  [1, 1],
  [63, 2],
  [2047, 5],
  [2048, 1],
  [2049, 7],
  [1_000_448, 992],
  [3e9, 1],
  [8e12, 2],
] as const;

test('counts are encoded byte by byte as hdr-histogram-js 3.0.1 encodes them', () => {
  // There `recordValueWithCount` of the same values, then the payload behind the head of `encodeIntoCompressedBase64`.
  expect(Buffer.from(encoded(VALUES).subarray(40)).toString('hex')).toBe('06027904fd1e0a10c18e01c00fe5b70102ddb60104');
});

test('what is encoded is what is decoded, to three digits', () => {
  const found = decode(encoded(VALUES));
  expect(found.map(({ count }) => count)).toEqual([3, 1, 2, 5, 8, 992, 1, 2]);
  for (const [at, value] of [0, 1, 63, 2047, 2048, 1_000_448, 3e9, 8e12].entries()) {
    expect((found[at]?.value ?? -1) / (value || 1)).toBeCloseTo(value === 0 ? 0 : 1, 2);
  }
});

test('each interval with calls is a line; its counts are those of its buckets, its values their middles', () => {
  const source = exampleSource({
    ticks: [
      [
        { start: 1e9, duration: 1_000_000, standsFor: 990 },
        { start: 1e9, duration: 40_000_000 },
      ],
      [],
      [{ start: 1.2e9, duration: 100 }],
    ],
  });
  const lines = [...hdrLog(source, deflateSync)].join('').trimEnd().split('\n');
  expect(lines[0]).toBe('#[Histogram log format version 1.3]');
  expect(lines).toContain('#[StartTime: 1768482001.000 (seconds since epoch), 2026-01-15T13:00:01.000Z]');
  expect(lines).toContain('# returned: 992');
  const [legend, ...intervals] = lines.filter((line) => !line.startsWith('#'));
  expect(legend).toBe('"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"');
  expect(intervals.map((line) => line.split(',').slice(0, 3))).toEqual([
    ['0.000', '0.100', '40.000'],
    ['0.200', '0.100', '0.000'],
  ]);
  const [first = [], second = []] = intervals.map((line) => {
    const bytes = Buffer.from(line.split(',')[3] ?? '', 'base64');
    expect(bytes.readInt32BE(0)).toBe(0x1c849314);
    expect(bytes.readInt32BE(4)).toBe(bytes.length - 8);
    return decode(inflateSync(bytes.subarray(8)));
  });
  expect(first.map(({ count }) => count)).toEqual([990, 1]);
  const bucket = bucketOf(1_000_000);
  expect((first[0]?.value ?? 0) / ((bucketFrom(bucket) + bucketFrom(bucket + 1)) / 2)).toBeCloseTo(1, 3);
  // Not above the slowest call.
  expect((first[1]?.value ?? 0) / 40_000_000).toBeGreaterThan(0.999);
  expect(first[1]?.value).toBeLessThanOrEqual(40_000_000);
  expect(second).toEqual([{ value: 101, count: 1 }]);
});
