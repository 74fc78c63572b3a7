/** Sorted runs of calls, and merging them piece by piece. */

/** Numbers of calls with the value they are sorted by, ascending; equal ones by number. */
export interface Run {
  readonly keys: Float64Array;
  readonly numbers: Float64Array;
  readonly length: number;
}

export const EMPTY_RUN: Run = { keys: new Float64Array(0), numbers: new Float64Array(0), length: 0 };

/** An empty run with room for so many. */
export function roomFor(length: number): Run {
  return { keys: new Float64Array(length), numbers: new Float64Array(length), length: 0 };
}

/** Sorts the first `length` of some calls whose numbers ascend. */
export function sortedRun(keys: Float64Array, numbers: Float64Array, length: number): Run {
  const order = Array.from({ length }, (_, at) => at).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  return {
    keys: Float64Array.from(order, (at) => keys[at] ?? 0),
    numbers: Float64Array.from(order, (at) => numbers[at] ?? 0),
    length,
  };
}

export interface Merge {
  /** Merges one piece more. @returns the whole once it is done, before that null. */
  readonly step: () => Run | null;
}

/** Rows that a step takes; below a millisecond. */
const PIECE = 2 ** 14;

/**
 * Merges two runs. Of `a` only calls from number `keepFrom` on are taken.
 * @param room where the result is put; at least as long as both, and none of the two
 */
export function mergeRuns(
  a: Run,
  b: Run,
  keepFrom = Number.NEGATIVE_INFINITY,
  room = roomFor(a.length + b.length),
): Merge {
  const { keys, numbers } = room;
  let [atA, atB, at] = [0, 0, 0];
  return {
    step: () => {
      for (let left = PIECE; left > 0; left--) {
        const number = a.numbers[atA] ?? 0;
        if (atA < a.length && number < keepFrom) {
          atA += 1;
          continue;
        }
        if (atA >= a.length && atB >= b.length) return { keys, numbers, length: at };
        const [keyA, keyB] = [a.keys[atA] ?? 0, b.keys[atB] ?? 0];
        const fromA =
          atB >= b.length || (atA < a.length && (keyA < keyB || (keyA === keyB && number < (b.numbers[atB] ?? 0))));
        keys[at] = fromA ? keyA : keyB;
        numbers[at] = fromA ? number : (b.numbers[atB] ?? 0);
        if (fromA) atA += 1;
        else atB += 1;
        at += 1;
      }
      return null;
    },
  };
}
