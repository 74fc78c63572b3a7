/** What a selection picks of the exact counts: from columns. */

import { bucketFrom } from '../latency/buckets.ts';
import { addPairs, type BucketPairs, emptyHistogram, type Histogram } from '../latency/histogram.ts';
import type { Column } from '../timeline/column.ts';
import type { Nanoseconds } from '../units.ts';
import type { Range } from './state.ts';

/** Exact counts of the calls that returned in these columns, which are in order. Of an hour there are thousands, asked for all the time. */
export function histogramOf(columns: readonly Column[]): Histogram {
  const histogram = emptyHistogram();
  const groups = minutesOf(columns);
  groups.forEach((members, at) => {
    // At both ends a minute is cut by the range: it is another one soon.
    if (at === 0 || at === groups.length - 1) for (const { buckets } of members) addPairs(histogram, buckets);
    else addPairs(histogram, minuteSum(members));
  });
  return histogram;
}

const MINUTE: Nanoseconds = 60e9;
type Members = readonly [Column, ...Column[]];

/** Neighbours that begin in the same minute, without a gap: such a group is known by its ends. */
function minutesOf(columns: readonly Column[]): readonly Members[] {
  const groups: [Column, ...Column[]][] = [];
  let minute = Number.NaN;
  for (const column of columns) {
    const next = Math.floor(column.from / MINUTE);
    const group = groups.at(-1);
    if (next === minute && group?.at(-1)?.to === column.from) group.push(column);
    else groups.push([column]);
    minute = next;
  }
  return groups;
}

interface MinuteSum {
  readonly members: number;
  readonly last: Column;
  readonly pairs: BucketPairs;
}

/** Sums of whole minutes, by their first column. */
const known = new WeakMap<Column, MinuteSum>();

function minuteSum(members: Members): BucketPairs {
  const [first] = members;
  const last = members.at(-1) ?? first;
  const before = known.get(first);
  if (before?.last === last && before.members === members.length) return before.pairs;
  const sum = emptyHistogram();
  for (const { buckets } of members) addPairs(sum, buckets);
  const pairs: number[] = [];
  sum.forEach((count, bucket) => {
    if (count > 0) pairs.push(bucket, count);
  });
  known.set(first, { members: members.length, last, pairs: Float64Array.from(pairs) });
  return pairs;
}

/** Only the buckets whose lower bound lies in the range. */
export function histogramWithin(histogram: Histogram, { from, to }: Range): Histogram {
  return histogram.map((count, bucket) => (bucketFrom(bucket) >= from && bucketFrom(bucket) < to ? count : 0));
}
