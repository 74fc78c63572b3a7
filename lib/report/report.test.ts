import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { addPairs, bars, emptyHistogram } from '../latency/histogram.ts';
import type { PlanReport, Subject } from '../protocol/plan.ts';
import type { Totals } from '../protocol/tick.ts';
import { emptyTimeline, type Timeline } from '../timeline/timeline.ts';
import { boundWarnings, latencySummary, traceDocument } from './document.ts';
import { histogramText, liveText, totalsText } from './text.ts';

const PLAN: PlanReport = {
  verdict: 'safe',
  summary: '',
  reasons: ['A reason.'],
  warnings: ['A warning.'],
  returns: 'exit sites',
  pairing: 'thread and stack pointer',
  entry: null,
  exits: [],
  landings: [],
  unwoundExact: true,
  cost: '',
  costPerCall: null,
  alsoAffected: [],
  inlined: [],
  program: '',
};
const SUBJECT: Subject = {
  path: '/bin/f',
  pid: 1,
  processName: 'f',
  buildId: null,
  language: 'c',
  languageVersion: null,
  symbol: { id: 0, name: 'f', demangled: 'f', address: 16, size: 8, source: 'symtab' },
};
const TOTALS: Totals = { entered: 4, returned: 4, unwound: 0, cutOff: 0, inFlight: 0, unmatched: 0, lost: 0 };

/** A timeline of calls with these latencies. */
function timelineOf(latencies: readonly number[], change: Partial<Timeline> = {}): Timeline {
  const histogram = emptyHistogram();
  for (const ns of latencies) addPairs(histogram, [bucketOf(ns), 1]);
  const sum = latencies.reduce((a, b) => a + b, 0);
  const latency = { min: Math.min(...latencies), max: Math.max(...latencies), sum };
  const totals = { ...TOTALS, entered: latencies.length, returned: latencies.length };
  return { ...emptyTimeline(), from: 1e9, to: 3e9, histogram, latency, totals, ...change };
}

describe('the document of a trace', () => {
  const timeline = timelineOf([100, 200, 300, 400]);
  const facts = {
    heatprobe: '0.1.0',
    bpftrace: '0.23.2',
    subject: SUBJECT,
    plan: PLAN,
    command: null,
    ended: '',
    complete: true,
  };

  it('holds what was counted, and says that it is exact', () => {
    const document = traceDocument({ ...facts, timeline });
    expect(document).toMatchObject({ duration: 2e9, calls: { entered: 4, returned: 4, exact: true } });
    expect(document.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    expect(document.plan.warnings).toEqual(['A reason.', 'A warning.']);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it.each<[string, Partial<PlanReport>, Partial<Timeline>, RegExp]>([
    ['events were lost', {}, { totals: { ...TOTALS, lost: 3 } }, /^3 events were lost/],
    ['landings are unknown', { unwoundExact: false }, {}, /unwinding .* "at least"/],
    ['an alarm was raised', {}, { alarms: ['Odd.'] }, /^Odd\.$/],
  ])('says that figures are bounds where %s', (_, plan, change, reason) => {
    const changed = timelineOf([1, 2, 3, 4], change);
    expect(boundWarnings({ ...PLAN, ...plan }, changed)).toEqual([expect.stringMatching(reason)]);
    const document = traceDocument({ ...facts, plan: { ...PLAN, ...plan }, timeline: changed });
    expect(document.calls).toMatchObject({
      exact: false,
      returnedExact: changed.totals.lost + changed.alarms.length === 0,
    });
    expect(document.plan.warnings.at(-1)).toMatch(reason);
  });

  it('says so where the trace broke off', () => {
    const document = traceDocument({ ...facts, timeline, complete: false });
    expect(document.calls.exact).toBe(false);
    expect(document.plan.warnings.at(-1)).toMatch(/^The trace broke off/);
  });

  it('has latencies in order, between the exact extremes', () => {
    const latency = fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(latency, (latencies) => {
        const summary = latencySummary(timelineOf(latencies));
        if (!summary) throw new Error('no summary');
        const { min, p50, p90, p99, p99_9, max, mean } = summary;
        const figures = [min, p50, p90, p99, p99_9, max];
        expect(figures).toEqual([...figures].sort((a, b) => a - b));
        expect(mean >= min && mean <= max).toBe(true);
      }),
    );
  });

  it('has none before the first call', () => {
    expect(latencySummary(emptyTimeline())).toBeNull();
  });
});

describe('a trace as text', () => {
  it('leaves out the zeros that say nothing', () => {
    expect(totalsText(TOTALS)).toBe('entered 4 · returned 4 · in flight 0 · lost 0');
    expect(totalsText({ ...TOTALS, unwound: 1, cutOff: 2, unmatched: 3 })).toBe(
      'entered 4 · returned 4 · unwound 1 · cut off 2 · in flight 0 · unmatched 3 · lost 0',
    );
  });

  it('has at most twenty rows where a row may be as wide as a power of two, and hides no call', () => {
    const latencies = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(latencies, (values) => {
        const rows = histogramText(bars(timelineOf(values).histogram));
        expect(rows.length).toBeLessThanOrEqual(21);
        const shown = rows.reduce((sum, row) => sum + Number((row.split(' ').at(-1) ?? '').replaceAll(',', '')), 0);
        expect(shown).toBe(values.length);
        for (const row of rows) expect(row).toMatch(/[█▏]/);
        expect(new Set(rows.map((row) => row.search(/[█▏]/))).size).toBe(1);
      }),
    );
  });

  it('is empty for no calls', () => {
    expect(histogramText([])).toEqual([]);
    expect(liveText('f', emptyTimeline()).join('\n')).toContain('waiting for the first call');
  });

  it('shows alarms', () => {
    expect(liveText('f', timelineOf([5], { alarms: ['Odd.'] }))).toContain('! Odd.');
  });
});
