/**
 * Binary fields as they arrive, made into what the contract says. The server sends little-endian doubles
 * as attachments; a browser gets an ArrayBuffer (sometimes a view into a larger one). A snapshot's columns
 * come as plain arrays: there are thousands, and socket.io-parser (since 4.2.6) closes the connection on a
 * message with more than ten attachments.
 */
import type { Tick } from '../../lib/protocol/tick.ts';
import type { Column } from '../../lib/timeline/column.ts';
import type { TimelineSnapshot } from '../../lib/timeline/timeline.ts';

export function tickFromWire(tick: Tick): Tick {
  return { ...tick, buckets: doubles(tick.buckets), calls: doubles(tick.calls) };
}

export function snapshotFromWire(snapshot: TimelineSnapshot): TimelineSnapshot {
  return {
    ...snapshot,
    histogram: doubles(snapshot.histogram),
    calls: { ...snapshot.calls, latest: doubles(snapshot.calls.latest) },
    fine: snapshot.fine.map(columnFromWire),
    coarse: snapshot.coarse.map(columnFromWire),
  };
}

function columnFromWire(column: Column): Column {
  return { ...column, buckets: doubles(column.buckets) };
}

/** Copies, because an attachment may begin at any byte, and doubles must begin at a multiple of eight. */
export function doubles(value: unknown): Float64Array {
  if (value instanceof Float64Array) return value;
  if (value instanceof ArrayBuffer) return new Float64Array(value.slice(0, value.byteLength - (value.byteLength % 8)));
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength - (value.byteLength % 8));
    return new Float64Array(bytes.slice().buffer);
  }
  return Array.isArray(value) ? Float64Array.from(value, Number) : new Float64Array();
}
