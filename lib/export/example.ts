/** A small session for tests: ticks made from single calls, folded as live ones are. */
import { bucketOf } from '../latency/buckets.ts';
import type { SessionHead } from '../protocol/session.ts';
import { CALL_STRIDE, CallField, type OpenCall, type Tick, type Totals } from '../protocol/tick.ts';
import { OUTCOMES, type Outcome } from '../timeline/calls.ts';
import { emptyTimeline, foldTick, NO_TOTALS } from '../timeline/timeline.ts';
import type { ExportSource } from './source.ts';

export interface ExampleCall {
  readonly start: number;
  readonly duration: number;
  readonly pid?: number;
  readonly tid?: number;
  readonly goroutine?: number;
  readonly caller?: number;
  readonly standsFor?: number;
  readonly outcome?: Outcome;
}

export interface Example {
  /** Calls of each tick of 100 ms, the first of which ends at 1.1 s. */
  readonly ticks: readonly (readonly ExampleCall[])[];
  readonly functionName?: string;
  readonly names?: readonly (readonly [number, string])[];
  readonly open?: readonly OpenCall[];
  readonly lost?: number;
}

export function exampleSource({
  ticks,
  functionName = 'main.handle',
  names = [],
  open,
  lost = 0,
}: Example): ExportSource {
  const timeline = emptyTimeline();
  let totals: Totals = { ...NO_TOTALS, lost };
  let latency: Tick['latency'] = null;
  ticks.forEach((calls, index) => {
    const buckets = new Map<number, number>();
    for (const { duration, standsFor = 1, outcome = 'returned' } of calls) {
      totals = { ...totals, entered: totals.entered + standsFor };
      if (outcome === 'returned') {
        const { min = duration, max = duration, sum = 0 } = latency ?? {};
        buckets.set(bucketOf(duration), (buckets.get(bucketOf(duration)) ?? 0) + standsFor);
        totals = { ...totals, returned: totals.returned + standsFor };
        latency = { min: Math.min(min, duration), max: Math.max(max, duration), sum: sum + duration * standsFor };
      } else if (outcome === 'unwound') totals = { ...totals, unwound: totals.unwound + standsFor };
      else totals = { ...totals, cutOff: totals.cutOff + standsFor };
    }
    const isLast = index === ticks.length - 1;
    const at = 1.1e9 + index * 1e8;
    const inFlight = open?.length ?? 0;
    foldTick(timeline, {
      seq: index + 1,
      at,
      span: 1e8,
      wallAt: Date.UTC(2026, 0, 15, 13) + at / 1e6,
      buckets: Float64Array.from([...buckets].flat()),
      totals: isLast ? { ...totals, entered: totals.entered + inFlight, inFlight } : totals,
      latency,
      calls: rowsOf(calls),
      names: index === 0 ? names : [],
      processes: [],
      open: isLast ? (open ?? null) : null,
      alarms: [],
    });
  });
  return { head: headNamed(functionName), timeline, heatprobe: '0.0.0' };
}

function rowsOf(calls: readonly ExampleCall[]): Float64Array {
  const rows = new Float64Array(calls.length * CALL_STRIDE);
  calls.forEach((call, index) => {
    const { start, duration, pid = 42, tid = 43, goroutine = -1, caller = 0, standsFor = 1 } = call;
    const fields = { start, duration, pid, tid, goroutine, caller, standsFor };
    for (const name of Object.keys(fields) as (keyof typeof fields)[])
      rows[index * CALL_STRIDE + CallField[name]] = fields[name];
    rows[index * CALL_STRIDE + CallField.outcome] = OUTCOMES.indexOf(call.outcome ?? 'returned');
  });
  return rows;
}

function headNamed(name: string): SessionHead {
  return {
    id: 'abc',
    createdAt: Date.UTC(2026, 0, 15, 13),
    subject: {
      path: '/srv/bin/server',
      pid: 42,
      processName: 'server',
      buildId: 'c0ffee',
      language: 'go',
      languageVersion: '1.22.1',
      symbol: { id: 0, name, demangled: name, address: 0x401000, size: 64, source: 'symtab' },
    },
    plan: {
      verdict: 'safe',
      summary: '',
      reasons: [],
      warnings: [],
      returns: 'exit sites',
      pairing: 'goroutine and stack depth',
      entry: null,
      exits: [],
      landings: [],
      unwoundExact: true,
      cost: '',
      costPerCall: null,
      alsoAffected: [],
      inlined: [],
      program: '',
    },
    status: { state: 'ended', cause: { kind: 'stopped' }, removed: null },
    loaded: null,
    returned: 0,
    command: null,
    replay: false,
    viewers: 0,
    recording: { state: 'on' },
  };
}
