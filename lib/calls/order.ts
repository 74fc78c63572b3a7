/**
 * The calls that a filter picks, sorted, while more come in: a million of them without ever working for long. Work
 * is cut into steps of about a millisecond; between steps the page is free, and the rows stay as they were.
 *
 * New calls are sorted in small blocks, blocks are merged like the digits of a binary counter, and at last with the
 * rows that are shown. Calls that the ring has dropped are left out in that last merge.
 */
import type { CallStore } from '../timeline/calls.ts';
import { ALL_CALLS, type CallSource, callPicker, type Picked } from '../view/singles.ts';
import type { CallFilter, Range, SortKey } from '../view/state.ts';
import { callerRanks } from './caller.ts';
import { keyOf } from './key.ts';
import { EMPTY_RUN, type Merge, mergeRuns, type Run, roomFor, sortedRun } from './run.ts';
import { slowestDropped, storeOf } from './store.ts';

/** What is wanted; which way round is a matter of reading. */
export interface OrderQuery {
  readonly key: SortKey;
  /** What the selection picks as of now: a stretch of time that moves costs no sorting. */
  readonly picked: (timeline: Source) => Picked;
  readonly filter: CallFilter;
}

type Source = CallSource;

/** Rows as of one complete refresh: what is done afterwards does not move them. They hold until the refresh after next. */
export interface OrderedRows {
  readonly length: number;
  /** Number of the call in a row, counted from the smallest; -1 beyond the last. */
  readonly numberAt: (row: number) => number;
  /** Row of a call; -1 when it is not listed. */
  readonly rowOf: (number: number) => number;
}

export interface CallOrder {
  /** As of the last complete refresh. */
  readonly rows: () => OrderedRows;
  /** One piece of work. @returns true when the rows have all that the timeline had when it began. */
  readonly step: (timeline: Source) => boolean;
  /** How many calls have come since the last refresh began that belong in the rows. */
  readonly waiting: (timeline: Source) => number;
}

/** Calls that a step looks at: below a millisecond with sorting. */
const BLOCK = 2 ** 11;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

export function callOrder(query: OrderQuery): CallOrder {
  let store: CallStore | null = null;
  /** Numbers that are in `shown`, or on their way there. */
  let taken: Stretch = { from: 0, to: 0 };
  let todo: Stretch[] = [];
  let sorted: Run[] = [];
  let merge: Merge | null = null;
  let last = false;
  let begun = false;
  let keepFrom = 0;
  let shown = EMPTY_RUN;
  let spare = EMPTY_RUN;
  let ranks = callerRanks(new Map());
  let counted = { to: 0, found: 0 };
  /** As of the refresh that goes on, or the last one. */
  let picked = ALL_CALLS;

  const picker = (calls: CallStore, { names }: Source) => callPicker(calls, names, picked, query.filter);

  const beginAnew = (timeline: Source): void => {
    store = timeline.calls;
    taken = { from: store.next, to: store.next };
    ranks = callerRanks(timeline.names);
    begun = false;
    [todo, sorted, merge, last, shown, spare] = [[], [], null, false, EMPTY_RUN, EMPTY_RUN];
  };

  const begin = (timeline: Source, calls: CallStore, now: Picked): void => {
    if (begun && !goesOn(picked.numbers, now.numbers, taken)) beginAnew(timeline);
    picked = now;
    const [lowest, end] = [
      Math.max(calls.first, now.numbers?.from ?? 0),
      Math.min(calls.next, now.numbers?.to ?? calls.next),
    ];
    keepFrom = Math.max(taken.from, lowest);
    todo = [
      { from: lowest, to: Math.min(taken.from, end) },
      { from: Math.max(taken.to, lowest), to: end },
    ].filter((stretch) => stretch.from < stretch.to);
    taken = { from: calls.first, to: calls.next };
    begun = true;
    counted = { to: calls.next, found: 0 };
    // Of those in `shown` none is kept, so that none is there twice once the ring has got it back.
    const dropped = storeOf(slowestDropped(calls).toSorted((a, b) => a.number - b.number));
    collect(timeline, dropped, { from: 0, to: dropped.next }, numbersOf(calls));
  };

  const numbersOf = (calls: CallStore) => {
    const numbers = slowestDropped(calls)
      .map(({ number }) => number)
      .sort((a, b) => a - b);
    return (at: number) => numbers[at] ?? -1;
  };

  /** Sorts what is picked of a stretch. */
  const collect = (timeline: Source, calls: CallStore, { from, to }: Stretch, nameOf = (n: number) => n): void => {
    const picks = picker(calls, timeline);
    const key = keyOf(calls, query.key, ranks);
    const keys = new Float64Array(to - from);
    const numbers = new Float64Array(to - from);
    let length = 0;
    for (let number = from; number < to; number++) {
      const at = number & calls.mask;
      if (!picks(at, nameOf(number))) continue;
      const value = key(at);
      if (value === null) {
        beginAnew(timeline);
        return;
      }
      keys[length] = value;
      numbers[length] = nameOf(number);
      length += 1;
    }
    if (length > 0) sorted.push(sortedRun(keys, numbers, length));
  };

  const mergeNext = (): void => {
    const [b, a] = [sorted.pop() ?? EMPTY_RUN, sorted.pop() ?? EMPTY_RUN];
    merge = mergeRuns(a, b);
  };

  const mergeLast = (): void => {
    const fresh = sorted.pop() ?? EMPTY_RUN;
    const length = shown.length + fresh.length;
    const room = spare.keys.length >= length ? spare : roomFor(Math.ceil(length * 1.25));
    merge = mergeRuns(shown, fresh, keepFrom, room);
    last = true;
  };

  const finish = (run: Run): void => {
    merge = null;
    if (!last) return void sorted.push(run);
    last = false;
    [shown, spare] = [run, shown];
  };

  const idle = () => merge === null && todo.length === 0 && sorted.length === 0;
  const unchanged = (calls: CallStore, now: Range | null) =>
    begun && taken.to === calls.next && taken.from === calls.first && sameRange(picked.numbers, now);

  return {
    rows: () => rowsOf(shown),
    waiting: (timeline) => {
      const calls = timeline.calls;
      if (calls !== store || counted.to >= calls.next) return calls === store ? counted.found : 0;
      const picks = callPicker(calls, timeline.names, query.picked(timeline), query.filter);
      let { found } = counted;
      for (let number = Math.max(counted.to, calls.first); number < calls.next; number++) {
        if (picks(number & calls.mask, number)) found += 1;
      }
      counted = { to: calls.next, found };
      return found;
    },
    step: (timeline) => {
      const calls = timeline.calls;
      if (store !== calls) beginAnew(timeline);
      if (merge) {
        const run = merge.step();
        if (run) finish(run);
        return idle();
      }
      if (idle()) {
        const now = query.picked(timeline);
        if (unchanged(calls, now.numbers)) return true;
        begin(timeline, calls, now);
        if (idle()) mergeLast();
        return false;
      }
      const [a, b] = sorted.slice(-2);
      if (a && b && (todo.length === 0 || a.length <= 2 * b.length)) {
        mergeNext();
        return false;
      }
      const stretch = todo.shift();
      if (stretch) {
        const from = Math.max(stretch.from, calls.first);
        const to = Math.min(from + BLOCK, stretch.to);
        if (to < stretch.to) todo.unshift({ from: to, to: stretch.to });
        collect(timeline, calls, { from: Math.min(from, to), to });
        if (todo.length === 0 && sorted.length === 0) mergeLast();
        return false;
      }
      mergeLast();
      return false;
    },
  };
}

const sameRange = (a: Range | null, b: Range | null): boolean => a?.from === b?.from && a?.to === b?.to;

/** Whether of the calls that were looked at none is missing now: from those that were picked, too old ones can be taken. */
function goesOn(before: Range | null, now: Range | null, taken: Stretch): boolean {
  if (!before || !now) return before === now;
  if (now.from < before.from && before.from > taken.from) return false;
  return now.to === before.to || taken.to <= Math.min(now.to, before.to);
}

function rowsOf({ numbers, length }: Run): OrderedRows {
  return {
    length,
    numberAt: (row) => (row >= 0 && row < length ? (numbers[row] ?? -1) : -1),
    rowOf: (number) => numbers.subarray(0, length).indexOf(number),
  };
}
