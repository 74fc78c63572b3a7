import { describe, expect, it } from 'vitest';
import type { CallsPage } from '../../lib/protocol/gateway.ts';
import { appendCalls, CALLS_KEPT, callOf, emptyCalls, prependCalls, rowsOf } from '../../lib/timeline/calls.ts';
import { type HistorySource, loadHistory } from './history.ts';

/** Calls that know their own number by their start. */
function rows(first: number, count: number): Float64Array {
  const made = new Float64Array(count * 8);
  for (let i = 0; i < count; i++) made.set([first + i, 1, 1, 2, -1, 0, 1, 0], i * 8);
  return made;
}

/** A server with so many calls, and a page that joined with the latest 2,000 of them. */
function joined(total: number, answerMs = 10) {
  const server = emptyCalls();
  for (let at = 0; at < total; at += 50_000) appendCalls(server, rows(at, Math.min(50_000, total - at)));
  const here = emptyCalls(total);
  prependCalls(here, rowsOf(server, total - 2000, total));
  const asked: number[] = [];
  let time = 0;
  let chunks = 0;
  const said: boolean[] = [];
  const source: HistorySource = {
    store: () => here,
    async before(number, limit): Promise<CallsPage> {
      asked.push(limit);
      time += answerMs;
      const first = Math.max(number - limit, server.first);
      return { first, calls: rowsOf(server, first, number), oldest: server.first };
    },
    async idle() {
      chunks++;
    },
    changed() {},
    loading: (isLoading) => said.push(isLoading),
    now: () => time,
  };
  return { source, here, server, asked, said, chunks: () => chunks };
}
const forever = new AbortController().signal;

describe('the calls from before the page joined', () => {
  it('come until history ends, each once and in order', async () => {
    const { source, here, chunks } = joined(70_000);
    await loadHistory(source, forever);
    expect([here.first, here.next]).toEqual([0, 70_000]);
    for (let number = 0; number < 70_000; number += 997) expect(callOf(here, number)?.start).toBe(number);
    // Put in by pieces, with the page's own work in between.
    expect(chunks()).toBeGreaterThan(30);
  });

  it('come until the ring is full', async () => {
    const { source, here, server } = joined(CALLS_KEPT + 50_000);
    await loadHistory(source, forever);
    expect(here.next - here.first).toBe(CALLS_KEPT);
    expect(here.first).toBe(server.first);
  });

  it('are asked for in smaller pages where answers are slow', async () => {
    const slow = joined(30_000, 1000);
    await loadHistory(slow.source, forever);
    expect(slow.asked.slice(0, 4)).toEqual([5000, 2500, 1250, 1000]);
    const fast = joined(90_000, 1);
    await loadHistory(fast.source, forever);
    expect(fast.asked.slice(0, 4)).toEqual([5000, 10_000, 20_000, 20_000]);
  });

  it('stay in order while new ones come in', async () => {
    const { source, here } = joined(40_000);
    let next = 40_000;
    const busy = { ...source, idle: async () => appendCalls(here, rows(next++, 1)) };
    await loadHistory(busy, forever);
    expect(here.first).toBe(0);
    for (let number = 0; number < next; number += 331) expect(callOf(here, number)?.start).toBe(number);
  });

  it('are said to be on their way until they are here, or no answer comes', async () => {
    const { source, here, said } = joined(40_000);
    await loadHistory({ ...source, changed: () => expect(said).toEqual([true]) }, forever);
    expect(said).toEqual([true, false]);
    await loadHistory(source, forever);
    expect([here.first, ...said]).toEqual([0, true, false, false, false]);
    const silent = joined(40_000);
    await loadHistory({ ...silent.source, before: async () => null }, forever);
    expect(silent.said).toEqual([true, false]);
    // Another loader has begun, and its calls are on their way.
    const aborted = joined(40_000);
    await loadHistory(aborted.source, AbortSignal.abort());
    expect(aborted.said).toEqual([true]);
  });

  it('are left alone when the page has left, when there is no answer, and after a new snapshot', async () => {
    const gone = joined(40_000);
    await loadHistory(gone.source, AbortSignal.abort());
    expect(gone.asked).toEqual([]);
    const silent = joined(40_000);
    await loadHistory({ ...silent.source, before: async () => null }, forever);
    expect(silent.here.first).toBe(38_000);
    const { source, here } = joined(40_000);
    let store = here;
    const renewed = async () => {
      store = emptyCalls(99);
    };
    await loadHistory({ ...source, store: () => store, idle: renewed }, forever);
    expect([here.first, store.first]).toEqual([38_000, 99]);
  });
});
