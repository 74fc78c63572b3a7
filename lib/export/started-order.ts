/** Numbers of calls in the order of their begins; they are kept in the order of their ends. */
import { type Merge, mergeRuns, type Run, sortedRun } from '../calls/run.ts';
import type { CallStore } from '../timeline/calls.ts';

const BLOCK = 2 ** 13;

/** Yields while it works, every millisecond or so. @returns all calls of the store; `keys` are their begins */
export function* startedOrder(calls: CallStore): Generator<void, Run> {
  // Blocks are merged like the digits of a binary counter, so each call is moved about twenty times.
  const sorted: Run[] = [];
  for (let from = calls.first; from < calls.next; from += BLOCK) {
    sorted.push(block(calls, from, Math.min(from + BLOCK, calls.next)));
    yield;
    while (sorted.length > 1 && (sorted.at(-2)?.length ?? 0) <= (sorted.at(-1)?.length ?? 0)) yield* mergeLast(sorted);
  }
  while (sorted.length > 1) yield* mergeLast(sorted);
  return sorted[0] ?? { keys: new Float64Array(), numbers: new Float64Array(), length: 0 };
}

function block(calls: CallStore, from: number, to: number): Run {
  const numbers = Float64Array.from({ length: to - from }, (_, index) => from + index);
  return sortedRun(
    numbers.map((number) => calls.start[number & calls.mask] ?? 0),
    numbers,
    numbers.length,
  );
}

function* mergeLast(sorted: Run[]): Generator<void> {
  const [b, a] = [sorted.pop(), sorted.pop()];
  if (!a || !b) return;
  const merge: Merge = mergeRuns(a, b);
  for (let run = merge.step(); ; run = merge.step()) {
    if (run) {
      sorted.push(run);
      return;
    }
    yield;
  }
}
