/** Numbers as they go to the browser. */
import type { SessionSnapshot } from '../../lib/protocol/gateway.ts';
import type { Column } from '../../lib/timeline/column.ts';

/**
 * Doubles as bytes for an attachment. The browser's end makes them doubles again; the type says what they are there.
 */
export function bytes(numbers: Float64Array): Float64Array {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength) as unknown as Float64Array;
}

/** Columns go as plain arrays: a message may not have more than ten attachments. */
export function snapshotForWire({ head, timeline }: SessionSnapshot): SessionSnapshot {
  const column = (c: Column): Column => ({ ...c, buckets: Array.from(c.buckets) });
  return {
    head,
    timeline: {
      ...timeline,
      histogram: bytes(timeline.histogram),
      calls: { ...timeline.calls, latest: bytes(timeline.calls.latest) },
      fine: timeline.fine.map(column),
      coarse: timeline.coarse.map(column),
    },
  };
}
