/** What a selection picks of the exact counts: from columns. */

import { bucketFrom } from '../latency/buckets.ts';
import { addPairs, emptyHistogram, type Histogram } from '../latency/histogram.ts';
import type { Column } from '../timeline/column.ts';
import type { Range } from './state.ts';

/** Exact counts of the calls that returned in these columns. */
export function histogramOf(columns: readonly Column[]): Histogram {
  const histogram = emptyHistogram();
  for (const { buckets } of columns) addPairs(histogram, buckets);
  return histogram;
}

/** Only the buckets whose lower bound lies in the range. */
export function histogramWithin(histogram: Histogram, { from, to }: Range): Histogram {
  return histogram.map((count, bucket) => (bucketFrom(bucket) >= from && bucketFrom(bucket) < to ? count : 0));
}
