import { expect, test } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import { emptyTimeline, NO_TOTALS, type Timeline } from '../timeline/timeline.ts';
import { latencyAxis } from './axis.ts';
import { openMarks } from './open-marks.ts';

const axis = latencyAxis({ fromExponent: 3, toExponent: 10 });
const histogram = emptyHistogram();
addPairs(histogram, [bucketOf(1e6), 1000]);
const listed = (some: Partial<Timeline>): Timeline => ({
  ...emptyTimeline(),
  histogram,
  totals: { ...NO_TOTALS, inFlight: 9 },
  ...some,
});
const call = (start: number) => ({ start, pid: 1, who: '1', tid: 1, goroutine: -1, caller: 0 });

test('a call in progress is as high as it is old, and grows', () => {
  const at = (openAt: number) => openMarks(listed({ open: [call(1e9)], openAt, to: openAt }), axis)?.marks[0]?.age;
  expect([at(2e9), at(3e9)]).toEqual([1e9, 2e9]);
});

test('calls of one age share a mark, with their number; older ones than usual are slow', () => {
  const open = [call(0), call(9.9999e9), call(9.9999e9)];
  expect(openMarks(listed({ open, openAt: 10e9, to: 10.5e9 }), axis)).toEqual({
    at: 10.5e9,
    count: 3,
    marks: [
      { age: 10.5e9, count: 1, slow: true },
      { age: 5.001e8, count: 2, slow: true },
    ],
  });
});

test('a mark is where time has come to, not where the list was made; without calls in progress there is none', () => {
  const open = [call(1e9)];
  const later = listed({ open, openAt: 2e9, to: 3.5e9 });
  expect(openMarks(later, axis)).toMatchObject({ at: 3.5e9, marks: [{ age: 2.5e9 }] });
  expect(openMarks({ ...later, totals: NO_TOTALS }, axis)).toBeNull();
});

test('no mark without a call, and none from a list of long ago', () => {
  expect(openMarks(listed({ open: [], openAt: 1e9, to: 1e9 }), axis)).toBeNull();
  expect(openMarks(listed({ open: null, openAt: 1e9, to: 1e9 }), axis)).toBeNull();
  expect(openMarks(listed({ open: [call(0)], openAt: 1e9, to: 9e9 }), axis)).toBeNull();
});
