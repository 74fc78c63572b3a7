import { bucketOf } from '../latency/buckets.ts';
import { DEAD_PER_EPOCH } from '../program/dead.ts';
import { EPOCH } from '../program/epoch.ts';
import { CALL_STRIDE, CallField, type CallRows } from '../protocol/tick.ts';
import type { RawCall } from './decode.ts';

/** Exact counts of one tick, by which its single calls are weighed. */
export interface ExactCounts {
  /** Calls that returned, by bucket. */
  readonly buckets: ReadonlyMap<number, number>;
  readonly unwound: number;
  readonly cutOff: number;
}

/**
 * Weighs the single calls of a tick. The kernel prints at most `cap` calls per bucket and epoch, so a bucket that
 * stayed below the cap in all its epochs is complete; in another one each printed call stands for
 * `exact count / printed` calls. Calls that did not return have one cap for all of them, and those that one event
 * ended stand for its others already; where their cap was reached they stand for the events left out as well.
 */
export interface Sampling {
  /** Call rows of one tick. */
  readonly weigh: (calls: readonly RawCall[], exact: ExactCounts, isGo: boolean) => CallRows;
}

/** Strata of calls that did not return: below zero, since buckets are from zero on. */
const stratumOf = ({ outcome, duration }: RawCall): number => (outcome === 0 ? bucketOf(duration) : -outcome);

export function sampling(cap: number): Sampling {
  /** Per cap, the epoch seen last and the calls printed in it. Lives across ticks, for epochs straddle them. */
  const epochs = new Map<number, { epoch: number; printed: number }>();
  return {
    weigh(calls, exact, isGo) {
      /** Per stratum, the calls that the printed ones stand for on their own. */
      const shown = new Map<number, number>();
      const capped = new Set<number>();
      for (const call of calls) {
        const stratum = stratumOf(call);
        const budget = Math.max(stratum, -1);
        const epoch = Math.floor(call.end / EPOCH);
        const state = epochs.get(budget);
        const count = state?.epoch === epoch ? state.printed + 1 : 1;
        epochs.set(budget, { epoch, printed: count });
        if (count >= (stratum < 0 ? DEAD_PER_EPOCH : cap)) capped.add(budget);
        shown.set(stratum, (shown.get(stratum) ?? 0) + call.standsFor);
      }
      const exactOf = (stratum: number): number =>
        stratum === -1 ? exact.unwound : stratum === -2 ? exact.cutOff : (exact.buckets.get(stratum) ?? 0);
      const rows = new Float64Array(calls.length * CALL_STRIDE);
      calls.forEach((call, i) => {
        const stratum = stratumOf(call);
        const isCapped = capped.has(Math.max(stratum, -1));
        const factor = isCapped ? Math.max(1, exactOf(stratum) / (shown.get(stratum) ?? 1)) : 1;
        fillRow(rows, i * CALL_STRIDE, call, call.standsFor * factor, isGo);
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
  rows[at + CallField.outcome] = call.outcome;
}
