import { describe, expect, it } from 'vitest';
import { CALL_STRIDE, CallField, type Tick } from '../protocol/tick.ts';
import { assembler } from './assemble.ts';
import type { Message } from './decode.ts';

const PID = 100;
const event = (letter: string, ...numbers: number[]): Message => ({ kind: 'event', letter, numbers });
const map = (name: string, entries: Readonly<Record<string, number | readonly number[]>>): Message => ({
  kind: 'map',
  name,
  entries: Object.entries(entries).map(([key, value]) => ({
    key: key.split(','),
    values: typeof value === 'number' ? [value] : value,
  })),
});

interface Counts {
  e?: number;
  r?: number;
  u?: number;
  x?: number;
  k?: number;
}

/** The messages of one tick: counters of one process, and buckets. */
function tick(at: number, counts: Counts, buckets: Readonly<Record<number, number>> = {}, on = 1): Message[] {
  const counters = Object.entries(counts).map(([name, value]) => map(name, { [PID]: value ?? 0 }));
  const b = Object.keys(buckets).length > 0 ? [map('b', buckets)] : [];
  const extremes = [map('s', { [PID]: 500 }), map('mn', { 0: 10 }), map('mx', { 0: 90 })];
  return [event('t', at, on), ...b, ...extremes, ...counters, event('k')];
}

function assembled(isGo = false, singlesPerBucket = 2) {
  const ticks: Tick[] = [];
  let frozen = 0;
  const made = assembler({
    isGo,
    singlesPerBucket,
    now: () => 1000,
    onTick: (one) => ticks.push(one),
    onFrozen: () => frozen++,
  });
  return {
    ticks,
    frozen: () => frozen,
    finish: made.finish,
    ended: made.processEnded,
    push: (...messages: readonly (Message | readonly Message[])[]) => {
      for (const message of messages.flat()) made.push(message as Message);
    },
    last: () => ticks.at(-1) ?? raise(),
  };
}
const raise = (): never => {
  throw new Error('no tick');
};
const pairs = ({ buckets }: Tick) =>
  Array.from({ length: buckets.length / 2 }, (_, i) => [buckets[i * 2], buckets[i * 2 + 1]]);
const call = (end: number, duration: number): Message => ({
  kind: 'call',
  call: { end, duration, pid: PID, tid: 101, goroutine: 5, caller: 7, exit: 8, outcome: 0, standsFor: 1 },
});
describe('ticks', () => {
  it('begin when counting does, are numbered without gaps, and know their span', () => {
    const a = assembled();
    a.push(tick(1e8, {}, {}, 0), tick(2e8, { e: 1 }), tick(3e8, { e: 2 }));
    expect(a.ticks.map(({ seq, at, span }) => [seq, at, span])).toEqual([
      [1, 2e8, 1e8],
      [2, 3e8, 1e8],
    ]);
  });

  it('hold the differences of cumulative buckets', () => {
    const a = assembled();
    a.push(tick(1e8, { e: 3, r: 3 }, { 40: 1, 50: 2 }), tick(2e8, { e: 6, r: 6 }, { 40: 1, 50: 4, 60: 1 }));
    expect(a.ticks.map(pairs)).toEqual([
      [
        [40, 1],
        [50, 2],
      ],
      [
        [50, 2],
        [60, 1],
      ],
    ]);
  });

  it('do not count twice when a line of buckets was damaged', () => {
    const a = assembled();
    a.push(tick(1e8, { e: 3, r: 3 }, { 40: 3 }), tick(2e8, { e: 4, r: 4 }), tick(3e8, { e: 5, r: 5 }, { 40: 5 }));
    expect(a.ticks.map(pairs)).toEqual([[[40, 3]], [], [[40, 2]]]);
  });

  it('keep the counters that a tick did not print', () => {
    const a = assembled();
    a.push(tick(1e8, { e: 3, r: 2, u: 1 }), tick(2e8, { e: 4 }));
    expect(a.last().totals).toMatchObject({ entered: 4, returned: 2, unwound: 1, inFlight: 1 });
  });

  it('tell the wall-clock time by the least delay that was seen', () => {
    const delays = [50, 5, 20];
    let at = 0;
    const ticks: Tick[] = [];
    const made = assembler({
      isGo: false,
      singlesPerBucket: 1,
      now: () => 10_000 + at / 1e6 + (delays.shift() ?? 0),
      onTick: (one) => ticks.push(one),
      onFrozen: () => undefined,
    });
    for (at of [1e8, 2e8, 3e8]) for (const message of tick(at, { e: 1 })) made.push(message);
    expect(ticks.map(({ wallAt }) => wallAt)).toEqual([10_150, 10_205, 10_305]);
  });

  it('tell the same time of day for a call however long the trace goes on', () => {
    let at = 0;
    const offsets: number[] = [];
    const made = assembler({
      isGo: false,
      singlesPerBucket: 1,
      // The later the line, the quicker it comes.
      now: () => 10_000 + at / 1e6 + Math.max(1, 100 - at / 1e8),
      onTick: (one) => offsets.push(one.wallAt - one.at / 1e6),
      onFrozen: () => undefined,
    });
    for (let number = 1; number <= 60; number++) {
      at = number * 1e8;
      for (const message of tick(at, { e: 1 })) made.push(message);
    }
    expect(new Set(offsets.slice(25).map((offset) => Math.round(offset))).size).toBe(1);
  });
});

describe('totals', () => {
  it('fulfil the identity, with what is open in flight', () => {
    const a = assembled();
    a.push(tick(1e8, { e: 10, r: 5, u: 2, x: 1, k: 1 }, { 40: 5 }));
    const { entered, returned, unwound, cutOff, inFlight, unmatched } = a.last().totals;
    expect([entered, returned, unwound, cutOff, inFlight, unmatched]).toEqual([10, 5, 2, 1, 2, 1]);
    expect(entered).toBe(returned + unwound + cutOff + inFlight);
    expect(a.last().alarms).toEqual([]);
  });

  it('cut off what was open when its process ended', () => {
    const a = assembled();
    a.push(tick(1e8, { e: 10, r: 5 }, { 40: 5 }), event('x', PID), tick(2e8, { e: 11, r: 6 }, { 40: 6 }));
    expect(a.last().totals).toMatchObject({ cutOff: 5, inFlight: 0 });
    expect(a.last().processes).toMatchObject([{ pid: PID, ended: true }]);
  });

  it('wait for the next reading where a process ends in the middle of one', () => {
    const a = assembled();
    const messages = tick(1e8, { e: 10, r: 5 }, { 40: 5 });
    a.push(messages.slice(0, -1), event('x', PID), event('k'));
    expect(a.last().totals).toMatchObject({ cutOff: 0, inFlight: 5 });
    a.push(tick(2e8, { e: 12, r: 6 }, { 40: 6 }));
    expect(a.last().totals).toMatchObject({ cutOff: 6, inFlight: 0 });
  });

  it('count a loss for each event that was lost and each update that failed for want of room', () => {
    const a = assembled();
    a.push({ kind: 'lost', count: 3 });
    for (const retcode of [-7, -12, -17]) a.push({ kind: 'helper-error', retcode });
    a.push(tick(1e8, { e: 1 }));
    expect(a.last().totals.lost).toBe(5);
  });

  it('raise an alarm where they contradict each other', () => {
    const a = assembled();
    a.push(tick(1e8, { e: 3, r: 5 }, { 40: 5 }));
    expect(a.last().alarms).toEqual([expect.stringMatching(/^More calls ended than began/)]);
    a.push(tick(2e8, { e: 9, r: 6 }, { 40: 8 }));
    expect(a.last().alarms).toEqual([expect.stringMatching(/^The buckets hold 8 calls, but 6 returned/)]);
    a.push(tick(3e8, { e: 8, r: 6 }, { 40: 8 }));
    expect(a.last().alarms).toContain('A counter went backwards.');
  });
});

describe('the end', () => {
  it('is announced two ticks after counting was frozen', () => {
    const a = assembled();
    a.push(tick(1e8, { e: 1 }), tick(2e8, { e: 2 }, {}, 2));
    expect(a.frozen()).toBe(0);
    a.push(tick(3e8, { e: 2 }, {}, 2), tick(4e8, { e: 2 }, {}, 2));
    expect(a.frozen()).toBe(1);
  });

  it('makes a last tick of the maps that are printed then', () => {
    const a = assembled();
    a.push(tick(1e8, { e: 1 }), map('e', { [PID]: 4 }), map('r', { [PID]: 4 }), map('b', { 40: 4 }), call(1.5e8, 40));
    a.finish();
    expect(a.last()).toMatchObject({ seq: 2, at: 1.5e8, totals: { entered: 4, returned: 4 } });
  });

  it('makes none where nothing was counted', () => {
    const a = assembled();
    a.push(tick(1e8, {}, {}, 0));
    a.finish();
    expect(a.ticks).toEqual([]);
  });
});

describe('open calls', () => {
  const listing = (n: Message, c: Message) => [event('o'), n, c, event('p')];

  it('are listed oldest first, without the slots of earlier calls and without ended processes', () => {
    const a = assembled();
    a.push(tick(1e8, { e: 2 }));
    a.push(
      listing(
        map('n', { [`${PID},7`]: 3, '200,9': 1, '300,5': 2 }),
        map('c', {
          [`${PID},7,1`]: [50, 9000, 4096, 7],
          [`${PID},7,2`]: [60, 8000, 4096, 7],
          [`${PID},7,3`]: [70, 1, 4096, 7],
          '200,9,1': [1, 2, 4096, 9],
          '300,5,1': [1, 7000, 0, 5],
        }),
      ),
    );
    a.push(tick(2e8, { e: 3 }));
    expect(a.last().open).toEqual([
      { start: 7000, pid: 300, who: '5', tid: 5, goroutine: -1, caller: 0 },
      { start: 8000, pid: PID, who: '7', tid: 7, goroutine: -1, caller: 4096 },
      { start: 9000, pid: PID, who: '7', tid: 7, goroutine: -1, caller: 4096 },
    ]);
    expect(a.last().alarms).toEqual([]);
  });

  it('name goroutines by address and number', () => {
    const a = assembled(true);
    a.push(
      tick(1e8, { e: 1 }),
      listing(
        map('n', { '100,824633721216': 2 }),
        map('c', { '100,824633721216,1': [1, 5, 4096, 18 * 2 ** 22 + 101] }),
      ),
    );
    a.push(tick(2e8, { e: 1 }));
    expect(a.last().open).toEqual([{ start: 5, pid: 100, who: '0xc000000180', tid: 101, goroutine: 18, caller: 4096 }]);
  });

  it('raise an alarm where their number contradicts the totals', () => {
    const a = assembled();
    a.push(tick(1e8, { e: 1 }), event('o'), event('p'), tick(2e8, { e: 1 }));
    expect(a.last().alarms).toEqual(['0 calls are open by count, 1 by the totals.']);
  });
});

describe('single calls that did not return', () => {
  const listing = (n: Message, c: Message) => [event('o'), n, c, event('p')];
  const open = [
    map('n', { '100,824633721216': 3, '200,7': 2 }),
    map('c', {
      '100,824633721216,1': [9, 1e8, 4096, 18 * 2 ** 22 + 101],
      '100,824633721216,2': [10, 1.2e8, 4097, 18 * 2 ** 22 + 102],
      '200,7,1': [9, 1.1e8, 4096, 7],
    }),
  ] as const;
  const rowsOf = ({ calls }: Tick) =>
    Array.from({ length: calls.length / CALL_STRIDE }, (_, i) => [
      ...calls.slice(i * CALL_STRIDE, (i + 1) * CALL_STRIDE),
    ]);

  it('are open calls of a process that has ended, once', () => {
    const a = assembled(true);
    a.push(tick(1.5e8, { e: 4, r: 2 }, { 40: 2 }), event('x', PID, 1.7e8), tick(2e8, { e: 4, r: 2 }, { 40: 2 }));
    expect(rowsOf(a.last())).toEqual([]);
    a.push(listing(...open), listing(...open), tick(3e8, { e: 4, r: 2 }, { 40: 2 }));
    expect(rowsOf(a.last())).toEqual([
      [1e8, 0.7e8, PID, 101, 18, 4096, 1, 2],
      [1.2e8, 0.5e8, PID, 102, 18, 4097, 1, 2],
    ]);
    expect(a.last().open).toMatchObject([{ pid: 200, tid: 7 }]);
  });

  it('end when the kernel says, also where the end was noticed otherwise before', () => {
    for (const kernelFirst of [true, false]) {
      const a = assembled(true);
      a.push(tick(0.9e8, { e: 2, r: 2 }, { 40: 2 }));
      if (kernelFirst) a.push(event('x', PID, 1.7e8));
      a.ended(PID);
      if (!kernelFirst) a.push(event('x', PID, 1.7e8));
      a.push(tick(2e8, { e: 4, r: 2 }, { 40: 2 }), listing(...open), tick(3e8, { e: 4, r: 2 }, { 40: 2 }));
      expect(rowsOf(a.last()).map((row) => row[CallField.duration])).toEqual([0.7e8, 0.5e8]);
    }
    const unseen = assembled(true);
    unseen.push(tick(0.9e8, { e: 2, r: 2 }, { 40: 2 }));
    unseen.ended(PID);
    unseen.push(tick(2e8, { e: 4, r: 2 }, { 40: 2 }), listing(...open), tick(3e8, { e: 4, r: 2 }, { 40: 2 }));
    expect(rowsOf(unseen.last()).map((row) => row[CallField.duration])).toEqual([1e8, 0.8e8]);
  });

  it('are found in what bpftrace prints when it ends with the process', () => {
    const a = assembled(true);
    a.push(tick(1.5e8, { e: 4, r: 2 }, { 40: 2 }), event('x', PID, 1.7e8), ...open);
    a.finish();
    expect(a.last().totals).toMatchObject({ cutOff: 2, inFlight: 0 });
    expect(rowsOf(a.last()).map((row) => row[CallField.outcome])).toEqual([2, 2]);
  });
});
