/** Counts, value by value, who the picked calls were and who the others, piece by piece. */
import type { CallStore } from '../timeline/calls.ts';
import type { IsPicked } from '../view/singles.ts';

export const DIMENSIONS = ['caller', 'goroutine', 'thread', 'process', 'outcome'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Some calls, and how many calls they stand for. */
export interface Weight {
  calls: number;
  weight: number;
}

/** A group of calls; the sum of squared weights says how much a sample of them is worth. */
export interface Group extends Weight {
  squares: number;
}

export interface Value {
  readonly picked: Weight;
  readonly rest: Weight;
}

export interface Tally {
  readonly picked: Group;
  readonly rest: Group;
  /** Of each dimension the counts of each value, as in the columns of the store. */
  readonly values: Readonly<Record<Dimension, ReadonlyMap<number, Value>>>;
}

export interface TallyQuery {
  readonly picks: IsPicked;
  /** Calls that are neither picked nor rest. */
  readonly leavesOut: IsPicked;
}

export interface Tallying {
  /** Counts some calls more. @returns true when the store has no more. */
  readonly step: (store: CallStore, query: (store: CallStore) => TallyQuery) => boolean;
  readonly tally: Tally;
  /** Number of the first call that is counted, and of the one that is next. */
  readonly from: number;
  readonly next: () => number;
}

/** Calls that a step counts; below a millisecond. */
const PIECE = 2 ** 11;
/** Of a dimension: a server may make a goroutine for each request. One of so many values is never a large share. */
const MOST_VALUES = 2 ** 16;

const noGroup = (): Group => ({ calls: 0, weight: 0, squares: 0 });

/** @param from number of the first call that is counted */
export function tallying(from: number): Tallying {
  const values: Record<Dimension, Map<number, Value>> = {
    caller: new Map(),
    goroutine: new Map(),
    thread: new Map(),
    process: new Map(),
    outcome: new Map(),
  };
  const tally = { picked: noGroup(), rest: noGroup(), values };
  let next = from;
  return {
    tally,
    from,
    next: () => next,
    step: (store, query) => {
      next = Math.max(next, store.first);
      const { picks, leavesOut } = query(store);
      const { caller, goroutine, tid, pid, outcome, standsFor, mask } = store;
      const end = Math.min(next + PIECE, store.next);
      for (; next < end; next++) {
        const at = next & mask;
        const group = picks(at, next) ? 'picked' : leavesOut(at, next) ? null : 'rest';
        if (group === null) continue;
        const weight = standsFor[at] ?? 1;
        add(tally[group], weight);
        tally[group].squares += weight * weight;
        count(values.caller, caller[at] ?? 0, group, weight);
        count(values.goroutine, goroutine[at] ?? 0, group, weight);
        count(values.thread, tid[at] ?? 0, group, weight);
        count(values.process, pid[at] ?? 0, group, weight);
        count(values.outcome, outcome[at] ?? 0, group, weight);
      }
      return next >= store.next;
    },
  };
}

function add(to: Weight, weight: number): void {
  to.calls += 1;
  to.weight += weight;
}

function count(values: Map<number, Value>, key: number, group: keyof Value, weight: number): void {
  let value = values.get(key);
  if (!value) {
    if (values.size >= MOST_VALUES) return;
    value = { picked: { calls: 0, weight: 0 }, rest: { calls: 0, weight: 0 } };
    values.set(key, value);
  }
  add(value[group], weight);
}
