/** Timelines for tests, drawn as text: a line a latency (slowest first), a character a tick, a digit a count. */
import { bucketOf } from '../latency/buckets.ts';
import type { Column } from '../timeline/column.ts';
import type { Nanoseconds } from '../units.ts';

const TICK: Nanoseconds = 2e8;

/**
 * `drawn({ 3e9: '...1', 1e6: '9989' })` is four columns of 200 ms from `from` on;
 * three of its calls are slow or fast as the keys say.
 */
export function drawn(picture: Readonly<Record<number, string>>, from: Nanoseconds = 0): readonly Column[] {
  const lines = Object.entries(picture).map(([latency, line]) => ({ bucket: bucketOf(Number(latency)), line }));
  const length = Math.max(...lines.map(({ line }) => line.length));
  return Array.from({ length }, (_, tick) => {
    const pairs = lines.flatMap(({ bucket, line }) => (Number(line[tick]) > 0 ? [bucket, Number(line[tick])] : []));
    const returned = pairs.reduce((sum, value, at) => (at % 2 === 1 ? sum + value : sum), 0);
    return {
      from: from + tick * TICK,
      to: from + (tick + 1) * TICK,
      buckets: Float64Array.from(pairs),
      entered: returned,
      returned,
      unwound: 0,
      lost: 0,
      inFlight: 0,
      sampled: false,
      singles: 0,
    };
  });
}
