/** Calls for tests of lanes: properly nested ones at random, and rows of the store from them. */
import fc from 'fast-check';
import { CALL_STRIDE, type CallRows } from '../protocol/tick.ts';

export interface DrawnCall {
  readonly start: number;
  readonly end: number;
  readonly tid?: number;
  readonly pid?: number;
  readonly goroutine?: number;
  readonly outcome?: number;
  readonly standsFor?: number;
}

/** Calls of one thread, in the order of their ends: steps are time that passes, calls that begin, and calls that end. */
export const nestedCalls = (most = 300): fc.Arbitrary<DrawnCall[]> =>
  fc
    .array(
      fc.record({ what: fc.constantFrom('begin', 'end', 'end'), wait: fc.constantFrom(1, 1, 3, 10, 400, 90_000) }),
      {
        maxLength: most * 2,
      },
    )
    .map((steps) => {
      const [calls, open] = [[] as DrawnCall[], [] as number[]];
      let time = 1000;
      for (const { what, wait } of steps) {
        time += wait;
        if (what === 'begin') open.push(time);
        else {
          const start = open.pop();
          if (start !== undefined) calls.push({ start, end: time });
        }
      }
      return calls;
    });

export function rowsOfCalls(calls: readonly DrawnCall[]): CallRows {
  const rows = new Float64Array(calls.length * CALL_STRIDE);
  calls.forEach(({ start, end, pid = 1, tid = 1, goroutine = -1, outcome = 0, standsFor = 1 }, index) => {
    rows.set([start, end - start, pid, tid, goroutine, 0, standsFor, outcome], index * CALL_STRIDE);
  });
  return rows;
}
