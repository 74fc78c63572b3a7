// Calls that did not return are single calls too: who, when, from where, and how they ended.
import { afterEach, expect } from 'vitest';
import { type Call, callOf, type Outcome } from '../../lib/timeline/calls.ts';
import { bpftraces } from '../../scripts/toolchain.mjs';
import { describeProbes, testIf } from './guard.ts';
import { expectNothingLeft } from './leftovers.ts';
import { eachGo, type Traced, truthOf, whyNot } from './measure.ts';
import { type Ticked, ticksOf } from './ticks.ts';

afterEach(expectNothingLeft);

const goRow = (row: Traced): Traced => eachGo(row).slice(-1)[0] ?? row;
const callsOf = ({ timeline: { calls } }: Ticked, outcome: Outcome): Call[] =>
  Array.from({ length: calls.next - calls.first }, (_, i) => callOf(calls, calls.first + i)).filter(
    (call): call is Call => call?.outcome === outcome,
  );
const sum = (calls: readonly Call[]): number => calls.reduce((total, { standsFor }) => total + standsFor, 0);

/** Each call has an end in the trace, a process and a thread; those that were left by unwinding know their caller. */
function expectWhole(calls: readonly Call[], { timeline, pid }: Ticked, isGo: boolean): void {
  for (const call of calls) {
    expect(call).toMatchObject({ pid, tid: expect.any(Number) });
    expect(call.tid).toBeGreaterThanOrEqual(pid);
    expect(call.start).toBeGreaterThan(timeline.from - 60e9);
    expect(call.start + call.duration).toBeLessThanOrEqual(timeline.to);
    expect(call.duration).toBeGreaterThan(0);
    if (isGo) expect(call.goroutine).toBeGreaterThan(0);
    else expect(call.goroutine).toBe(-1);
    expect(call.caller).toBeGreaterThan(0);
  }
}

for (const { version, path } of bpftraces()) {
  describeProbes(`single calls on bpftrace ${version}`, () => {
    const panics = goRow({ target: 'go/panics', symbol: 'main.work', args: ['caught', '600'] });
    testIf(whyNot(panics), 'a Go panic that is recovered leaves unwound calls, each of them shown', async () => {
      const ticked = await ticksOf(panics, path);
      const { unwound, returned } = truthOf(panics, ticked.truth);
      expect(ticked.timeline.totals).toMatchObject({ unwound, returned, inFlight: 0 });
      const calls = callsOf(ticked, 'unwound');
      expect(unwound).toBeGreaterThan(100);
      expect(sum(calls)).toBeCloseTo(unwound);
      expectWhole(calls, ticked, true);
    });

    const deep = goRow({ target: 'go/panics', symbol: 'main.work', args: ['deep', '1500'] });
    testIf(whyNot(deep), 'a panic through 50 calls shows some of them, which stand for all and nest', async () => {
      const ticked = await ticksOf(deep, path);
      const { unwound } = truthOf(deep, ticked.truth);
      const calls = callsOf(ticked, 'unwound');
      expect(ticked.timeline.totals.unwound).toBe(unwound);
      expect(sum(calls)).toBeCloseTo(unwound);
      expect(Math.max(...calls.map(({ standsFor }) => standsFor))).toBeGreaterThan(6);
      expectNested(calls);
    });

    const crash = goRow({ target: 'go/crash' });
    testIf(whyNot(crash), 'a Go crash cuts calls off, each of them shown with its goroutine', async () => {
      const ticked = await ticksOf(crash, path);
      const { open } = truthOf(crash, ticked.truth);
      const calls = callsOf(ticked, 'cut off');
      expect(ticked.timeline.totals.cutOff).toBe(open);
      const cause = { kind: 'target-exited', pid: ticked.pid, status: { exitCode: 2, signal: null } };
      expect(ticked.last).toMatchObject({ state: 'ended', cause });
      expect(calls.map(({ standsFor }) => standsFor)).toEqual(Array.from({ length: open }, () => 1));
      expect(new Set(calls.map(({ goroutine }) => goroutine)).size).toBe(open);
      expectWhole(calls, ticked, true);
    });

    for (const args of [
      ['caught', '900'],
      ['deep', '2000'],
      ['frames', '900'],
    ]) {
      const row: Traced = { target: 'cpp/throw', args };
      testIf(whyNot(row), `C++ exceptions (${args[0]}) leave unwound calls, which stand for all`, async () => {
        const ticked = await ticksOf(row, path);
        const { unwound, returned } = truthOf(row, ticked.truth);
        expect(ticked.timeline.totals).toMatchObject({ unwound, returned, inFlight: 0 });
        const calls = callsOf(ticked, 'unwound');
        expect(unwound).toBeGreaterThan(100);
        expect(sum(calls) / unwound).toBeCloseTo(1, 1);
        expectWhole(calls, ticked, false);
      });
    }

    const ends: Traced = { target: 'c/threadexit', args: ['exit', '40'] };
    testIf(whyNot(ends), 'a thread that ends inside the call leaves an unwound call', async () => {
      const ticked = await ticksOf(ends, path);
      const { unwound } = truthOf(ends, ticked.truth);
      const calls = callsOf(ticked, 'unwound');
      expect(calls.length).toBe(unwound);
      expectWhole(calls, ticked, false);
    });
  });
}

/** Calls of one panic end together; an outer one begins before an inner one. */
function expectNested(calls: readonly Call[]): void {
  for (const [i, inner] of calls.entries()) {
    const outer = calls[i - 1];
    const end = inner.start + inner.duration;
    if (outer?.goroutine !== inner.goroutine || outer.start + outer.duration !== end) continue;
    expect(outer.start).toBeLessThanOrEqual(inner.start);
  }
}
