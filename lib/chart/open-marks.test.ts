import { expect, test } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import { latencyAxis } from './axis.ts';
import { openMarks } from './open-marks.ts';

const axis = latencyAxis({ fromExponent: 3, toExponent: 10 });
const histogram = emptyHistogram();
addPairs(histogram, [bucketOf(1e6), 1000]);
const call = (start: number) => ({ start, pid: 1, who: '1', tid: 1, goroutine: -1, caller: 0 });

test('a call in progress is as high as it is old, and grows', () => {
  const at = (openAt: number) => openMarks({ open: [call(1e9)], openAt, to: openAt, histogram }, axis)?.marks[0]?.age;
  expect([at(2e9), at(3e9)]).toEqual([1e9, 2e9]);
});

test('calls of one age share a mark, with their number; older ones than usual are slow', () => {
  const open = [call(0), call(9.9999e9), call(9.9999e9)];
  expect(openMarks({ open, openAt: 10e9, to: 10.5e9, histogram }, axis)).toEqual({
    at: 10e9,
    count: 3,
    marks: [
      { age: 10e9, count: 1, slow: true },
      { age: 1e5, count: 2, slow: false },
    ],
  });
});

test('no mark without a call, and none from a list of long ago', () => {
  expect(openMarks({ open: [], openAt: 1e9, to: 1e9, histogram }, axis)).toBeNull();
  expect(openMarks({ open: null, openAt: 1e9, to: 1e9, histogram }, axis)).toBeNull();
  expect(openMarks({ open: [call(0)], openAt: 1e9, to: 9e9, histogram }, axis)).toBeNull();
});
