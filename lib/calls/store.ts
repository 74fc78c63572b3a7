/** Small helpers over the store of single calls. */
import { CALL_STRIDE, CallField } from '../protocol/tick.ts';
import { appendCalls, type Call, type CallStore, emptyCalls, OUTCOMES } from '../timeline/calls.ts';

/** Slow calls that the ring has dropped; the store keeps them for ever. */
export function slowestDropped(store: CallStore): readonly Call[] {
  return store.slowest.filter(({ number }) => number < store.first);
}

/** Calls that can be listed: those of the ring, and the slowest that it has dropped. */
export function keptCalls(store: CallStore): number {
  return store.next - store.first + slowestDropped(store).length;
}

/** Some calls in columns of their own; call `calls[n]` is at index `n`. */
export function storeOf(calls: readonly Call[]): CallStore {
  const rows = new Float64Array(calls.length * CALL_STRIDE);
  calls.forEach((call, row) => {
    const at = row * CALL_STRIDE;
    rows[at + CallField.start] = call.start;
    rows[at + CallField.duration] = call.duration;
    rows[at + CallField.pid] = call.pid;
    rows[at + CallField.tid] = call.tid;
    rows[at + CallField.goroutine] = call.goroutine;
    rows[at + CallField.caller] = call.caller;
    rows[at + CallField.standsFor] = call.standsFor;
    rows[at + CallField.outcome] = OUTCOMES.indexOf(call.outcome);
  });
  const store = emptyCalls();
  appendCalls(store, rows);
  return store;
}
