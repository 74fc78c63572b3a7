import { expect, test } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { addPairs } from '../latency/histogram.ts';
import { emptyTimeline, NO_TOTALS } from '../timeline/timeline.ts';
import { drawn } from './drawn.ts';
import { callsPerSecond, figures } from './figures.ts';

const CONTEXT = { language: 'go', unwoundExact: true, live: true } as const;

function shown(timeline = emptyTimeline(), context: Parameters<typeof figures>[1] = CONTEXT) {
  return Object.fromEntries(
    figures(timeline, context).map(({ key, value, unit, note, tone }) => [
      key,
      [value, unit, note, tone].filter(Boolean).join(' '),
    ]),
  );
}

test('before the first call', () => {
  expect(shown()).toMatchObject({
    rate: '0 plain',
    returned: '0 plain',
    p50: '– plain',
    max: '– plain',
    lost: '0 plain',
  });
});

test('a tail a thousand times slower than the median is marked, and so is a loss', () => {
  const timeline = emptyTimeline();
  addPairs(timeline.histogram, [bucketOf(1e6), 9990, bucketOf(3e9), 10]);
  timeline.latency = { min: 1e6, max: 3.002e9, sum: 0 };
  timeline.totals = { ...NO_TOTALS, entered: 10_004, returned: 10_000, inFlight: 4, unwound: 12, lost: 3 };
  timeline.to = 10.4e9;
  timeline.openAt = 10e9;
  timeline.open = [{ start: 5.8e9, pid: 1, who: '1', tid: 1, goroutine: -1, caller: 0 }];
  expect(shown(timeline)).toMatchObject({
    returned: '10,000 plain',
    max: '3.002 s bad',
    inFlight: '4 oldest 4.6 s warn',
    unwound: '12 plain',
    lost: '3 bad',
  });
  expect(shown(timeline, { ...CONTEXT, unwoundExact: false })).toMatchObject({ unwound: '≥ 12 plain' });
});

test('words for unwinding follow the language', () => {
  const label = (language: 'go' | 'c++') =>
    figures(emptyTimeline(), { ...CONTEXT, language }).find(({ key }) => key === 'unwound')?.label;
  expect([label('go'), label('c++')]).toEqual(['Left by panic', 'Left by exception']);
});

test('the rate is of the last two seconds while live, of the whole trace afterwards', () => {
  const fine = [...drawn({ 1e6: `${'0'.repeat(20)}${'5'.repeat(10)}` })];
  const timeline = { fine, from: 0, to: 6e9, totals: { ...NO_TOTALS, entered: 50 } };
  expect(callsPerSecond(timeline, true)).toBe(25);
  expect(callsPerSecond(timeline, false)).toBeCloseTo(8.33, 2);
});
