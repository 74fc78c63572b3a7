import { bucketOf } from '../latency/buckets.ts';
import { EPOCH } from '../program/calls.ts';
import { CALL_STRIDE, CallField, type CallRows } from '../protocol/tick.ts';
import type { RawCall } from './decode.ts';

/**
 * Weighs the single calls of a tick. The kernel prints at most `cap` calls per bucket and epoch of
 * 100 ms, so a bucket that stayed below the cap in all its epochs is complete; in another one each
 * printed call stands for `exact count / printed` calls.
 */
export interface Sampling {
  /** Call rows of one tick; `exact` maps a bucket to its exact count in the tick. */
  readonly weigh: (calls: readonly RawCall[], exact: ReadonlyMap<number, number>, isGo: boolean) => CallRows;
}

export function sampling(cap: number): Sampling {
  /** Per bucket, the epoch seen last and the calls printed in it. Lives across ticks, for epochs straddle them. */
  const epochs = new Map<number, { epoch: number; printed: number }>();
  return {
    weigh(calls, exact, isGo) {
      const printed = new Map<number, number>();
      const capped = new Set<number>();
      for (const call of calls) {
        const bucket = bucketOf(call.duration);
        const epoch = Math.floor(call.end / EPOCH);
        const state = epochs.get(bucket);
        const count = state?.epoch === epoch ? state.printed + 1 : 1;
        epochs.set(bucket, { epoch, printed: count });
        if (count >= cap) capped.add(bucket);
        printed.set(bucket, (printed.get(bucket) ?? 0) + 1);
      }
      const rows = new Float64Array(calls.length * CALL_STRIDE);
      calls.forEach((call, i) => {
        const bucket = bucketOf(call.duration);
        const standsFor = capped.has(bucket) ? Math.max(1, (exact.get(bucket) ?? 0) / (printed.get(bucket) ?? 1)) : 1;
        fillRow(rows, i * CALL_STRIDE, call, standsFor, isGo);
      });
      return rows;
    },
  };
}

function fillRow(rows: CallRows, at: number, call: RawCall, standsFor: number, isGo: boolean): void {
  rows[at + CallField.start] = call.end - call.duration;
  rows[at + CallField.duration] = call.duration;
  rows[at + CallField.pid] = call.pid;
  rows[at + CallField.tid] = call.tid;
  rows[at + CallField.goroutine] = isGo ? call.goroutine : -1;
  rows[at + CallField.caller] = call.caller;
  rows[at + CallField.standsFor] = standsFor;
  rows[at + CallField.outcome] = 0;
}
