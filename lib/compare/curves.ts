/** Two sets of calls as curves over one latency axis: shares of calls by latency, and how many are slower. */
import { fitDecades, type LatencyAxis, latencyAxis } from '../chart/axis.ts';
import { type Histogram, totalCount } from '../latency/histogram.ts';
import type { Nanoseconds } from '../units.ts';

/** One side in one row of the axis. */
export interface CurvePoint {
  readonly count: number;
  /** Of all calls of its side, 0 to 1. */
  readonly share: number;
  /** Length of its bar, 0 to 1: by log share, so that one call is seen beside a million. */
  readonly height: number;
  /** Share of calls that are not slower than this row. */
  readonly upTo: number;
  /** The same as a height, 0 to 1: each nine of `upTo` is as high as the one before, and all calls are at the top. */
  readonly nines: number;
}

export interface CurveRow {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly a: CurvePoint;
  readonly b: CurvePoint;
}

export interface Curves {
  readonly axis: LatencyAxis;
  /** From the fastest to the slowest. */
  readonly rows: readonly CurveRow[];
  /** How many nines the cumulative curves have room for. */
  readonly depth: number;
}

/** More nines than any percentile that is named. */
const MOST_NINES = 5;
const FEWEST_NINES = 2.5;

export function curvesOf(a: Histogram, b: Histogram): Curves {
  const axis = latencyAxis(fitDecades(a.map((count, bucket) => count + (b[bucket] ?? 0))));
  const [totalA, totalB] = [totalCount(a), totalCount(b)];
  const most = Math.max(totalA, totalB, 1);
  const depth = Math.min(MOST_NINES, Math.max(FEWEST_NINES, Math.log10(most)));
  const [countsA, countsB] = [countsByRow(a, axis), countsByRow(b, axis)];
  const highest = Math.log1p(
    Math.max(...countsA.map((n) => n / (totalA || 1)), ...countsB.map((n) => n / (totalB || 1))) * most,
  );
  const pointsOf = (counts: Float64Array, total: number): CurvePoint[] => {
    let seen = 0;
    return Array.from(counts, (count) => {
      seen += count;
      const share = total > 0 ? count / total : 0;
      const upTo = total > 0 ? seen / total : 0;
      const height = highest > 0 ? Math.log1p(share * most) / highest : 0;
      return { count, share, height, upTo, nines: ninesHeight(upTo, depth) };
    });
  };
  const [pointsA, pointsB] = [pointsOf(countsA, totalA), pointsOf(countsB, totalB)];
  const rows = pointsA.flatMap((point, row): CurveRow[] => {
    const other = pointsB[row];
    return other ? [{ from: axis.edges[row] ?? 0, to: axis.edges[row + 1] ?? 0, a: point, b: other }] : [];
  });
  return { axis, rows, depth };
}

/** Where a share is on an axis of nines, 0 to 1: 0.9 is one nine up, 0.99 two. */
export const ninesHeight = (share: number, depth: number): number =>
  share >= 1 ? 1 : Math.min(1, Math.log10(1 / (1 - share)) / depth);

function countsByRow(histogram: Histogram, axis: LatencyAxis): Float64Array {
  const counts = new Float64Array(axis.rows);
  histogram.forEach((count, bucket) => {
    const row = axis.rowOfBucket[bucket] ?? -1;
    if (row >= 0) counts[row] = (counts[row] ?? 0) + count;
  });
  return counts;
}

/** `M x y H x V y ...` of steps, from 0 at the left to `size` at the right, `size` at the bottom: SVG counts downwards. */
export function stepPath(heights: readonly number[], size: number): string {
  const y = (height: number) => ((1 - height) * size).toFixed(1);
  const width = size / Math.max(1, heights.length);
  const steps = heights.map((height, at) => `V${y(height)}H${((at + 1) * width).toFixed(1)}`);
  return `M0 ${size}${steps.join('')}`;
}
