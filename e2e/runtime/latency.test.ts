// Latencies are those that the programs measured around their own calls.
import { afterEach, expect } from 'vitest';
import type { TraceDocument } from '../../lib/report/document.ts';
import { describeProbes, testIf } from './guard.ts';
import { expectNothingLeft } from './leftovers.ts';
import { eachGo, expectExact, measureCommand, measureProcess, type Traced, titleOf, whyNot } from './measure.ts';

afterEach(expectNothingLeft);

/** The sleeps of c/sleep and go/sleep, far enough apart that a late wake-up does not change the band. */
const BANDS = {
  '1ms': { slept: 1e6, from: 0.9e6, to: 4.5e6 },
  '5ms': { slept: 5e6, from: 4.9e6, to: 19e6 },
  '20ms': { slept: 20e6, from: 19.9e6, to: 80e6 },
} as const;

const rows: readonly Traced[] = [{ target: 'c/sleep' }, ...eachGo({ target: 'go/sleep' } as const)];

describeProbes('functions that sleep 1, 5 and 20 ms', () => {
  for (const row of rows) {
    testIf(whyNot(row), `medians and figures: ${titleOf(row)}`, async () => {
      const { document, truth } = await measureCommand(row);
      expectExact({ document }, truth);
      expectMedians(document, truth.medianNs as Record<keyof typeof BANDS, number>);
      expectConsistent(document);
    });
  }

  testIf(whyNot({ target: 'c/sleep' }), 'the same for a process that runs already', async () => {
    const { document, truth } = await measureProcess({ target: 'c/sleep' });
    expectExact({ document }, truth);
    expectMedians(document, truth.medianNs as Record<keyof typeof BANDS, number>);
    expectConsistent(document);
  });
});

/**
 * A sleep is never shorter than it was asked for, and the program's own measure lies around ours: it has the time before
 * the function began and after it ended as well, which on a busy machine is more than the probes cost.
 */
function expectMedians({ histogram }: TraceDocument, own: Readonly<Record<keyof typeof BANDS, number>>): void {
  for (const [name, { from, to, slept }] of Object.entries(BANDS)) {
    const median = medianOf(histogram.filter((bar) => bar.from >= from && bar.to <= to));
    const expected = own[name as keyof typeof BANDS];
    const words = `median of the ${name} calls: ${median.from} to ${median.to}, the program's own ${expected}`;
    expect(median.to, words).toBeGreaterThan(slept);
    expect(median.from, words).toBeLessThan(expected * 1.03);
  }
}

/** The bucket that holds the middle call. */
function medianOf(bars: TraceDocument['histogram']): TraceDocument['histogram'][number] {
  const half = bars.reduce((sum, { count }) => sum + count, 0) / 2;
  let below = 0;
  for (const bar of bars) {
    below += bar.count;
    if (below >= half) return bar;
  }
  return { from: Number.NaN, to: Number.NaN, count: 0 };
}

/** Figures that are worked out in different places do not contradict each other. */
function expectConsistent({ histogram, latency, calls }: TraceDocument): void {
  const [first, last] = [histogram[0], histogram.at(-1)];
  if (!first || !last || !latency) throw new Error('nothing was measured');
  expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(calls.returned);
  for (const [i, { from, to, count }] of histogram.entries()) {
    expect(from).toBeLessThan(to);
    expect(count).toBeGreaterThan(0);
    expect(from).toBeGreaterThanOrEqual(histogram[i - 1]?.to ?? 0);
  }
  const { min, mean, p50, p90, p99, p99_9, max } = latency;
  expect(min).toBeGreaterThanOrEqual(first.from);
  expect(min).toBeLessThan(first.to);
  expect(max).toBeGreaterThanOrEqual(last.from);
  expect(max).toBeLessThan(last.to);
  const ordered = [min, p50, p90, p99, p99_9, max];
  expect(ordered).toEqual([...ordered].sort((a, b) => a - b));
  // The mean lies between the sums of the lower and of the upper bounds.
  const total = (bound: 'from' | 'to'): number => histogram.reduce((sum, bar) => sum + bar[bound] * bar.count, 0);
  expect(mean * calls.returned).toBeGreaterThanOrEqual(total('from'));
  expect(mean * calls.returned).toBeLessThanOrEqual(total('to'));
}
