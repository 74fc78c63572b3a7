/** The document that `heatprobe trace --json` prints: the contract with scripts. Durations in nanoseconds. */
import { blocksOf, joinedBlocks } from '../compare/blocks.ts';
import { bucketFrom } from '../latency/buckets.ts';
import { type Bar, bars, quantile } from '../latency/histogram.ts';
import type { PlanReport, Site, Subject } from '../protocol/plan.ts';
import type { ProcessTotals, Totals } from '../protocol/tick.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';

export interface TraceDocument {
  readonly heatprobe: string;
  readonly bpftrace: string | null;
  readonly target: {
    readonly path: string;
    readonly buildId: string | null;
    readonly language: string;
    readonly languageVersion: string | null;
  };
  readonly symbol: {
    readonly name: string;
    readonly demangled: string;
    readonly address: number;
    readonly size: number;
  };
  readonly plan: {
    readonly returns: string;
    readonly pairing: string;
    readonly entry: Site | null;
    readonly exits: readonly Site[];
    readonly landings: readonly Site[];
    readonly verdict: string;
    readonly warnings: readonly string[];
  };
  /** From the first counted moment to the last. */
  readonly duration: Nanoseconds;
  readonly calls: Totals & {
    readonly exact: boolean;
    /** Whether `returned` and the histogram are; those left by unwinding may be bounds all the same. */
    readonly returnedExact: boolean;
  };
  /** Null before the first returned call. Percentiles are the middle of their bucket, at most 1.6 % off. */
  readonly latency: {
    readonly min: Nanoseconds;
    readonly mean: Nanoseconds;
    readonly p50: Nanoseconds;
    readonly p90: Nanoseconds;
    readonly p99: Nanoseconds;
    readonly p99_9: Nanoseconds;
    readonly max: Nanoseconds;
  } | null;
  readonly histogram: readonly Bar[];
  /** The same calls by time, for comparing: of a trace of more than an hour, the last hour. */
  readonly blocks: readonly DocumentBlock[];
  readonly processes: readonly ProcessTotals[];
  readonly command: { readonly exitCode: number | null; readonly signal: string | null } | null;
  /** Why the trace ended, when that was not as asked for. */
  readonly ended: string;
}

/** A stretch of time, and the calls that returned in it: lower bound of a bucket of `histogram`, count, ... */
export interface DocumentBlock {
  readonly duration: Nanoseconds;
  readonly counts: readonly number[];
}

export interface DocumentFacts {
  readonly heatprobe: string;
  readonly bpftrace: string | null;
  readonly subject: Subject;
  readonly plan: PlanReport;
  readonly timeline: Timeline;
  readonly command: TraceDocument['command'];
  readonly ended: string;
  /** False when the trace broke off before a last reading with counting frozen. */
  readonly complete: boolean;
}

export function traceDocument(facts: DocumentFacts): TraceDocument {
  const { subject, plan, timeline } = facts;
  const bounds = boundWarnings(plan, timeline);
  if (!facts.complete) {
    bounds.push('The trace broke off, so the counts are those of the last tick, and calls in flight may be a few off.');
  }
  const { path, buildId, language, languageVersion, symbol } = subject;
  return {
    heatprobe: facts.heatprobe,
    bpftrace: facts.bpftrace,
    target: { path, buildId, language, languageVersion },
    symbol: { name: symbol.name, demangled: symbol.demangled, address: symbol.address, size: symbol.size },
    plan: {
      returns: plan.returns,
      pairing: plan.pairing,
      entry: plan.entry,
      exits: plan.exits,
      landings: plan.landings,
      verdict: plan.verdict,
      warnings: [...plan.reasons, ...plan.warnings, ...bounds],
    },
    duration: timeline.to - timeline.from,
    calls: { ...timeline.totals, exact: bounds.length === 0, returnedExact: facts.complete && isExact(timeline) },
    latency: latencySummary(timeline),
    histogram: bars(timeline.histogram),
    blocks: documentBlocks(timeline),
    processes: timeline.processes,
    command: facts.command,
    ended: facts.ended,
  };
}

/** Enough to tell how much one moment differs from the next; more would only make the document longer. */
const MOST_BLOCKS = 120;

function documentBlocks({ from, fine, coarse }: Timeline): DocumentBlock[] {
  const columns = fine[0]?.from === from ? fine : coarse;
  return joinedBlocks(blocksOf(columns), MOST_BLOCKS).map(({ span, buckets }) => ({
    duration: span,
    counts: Array.from(buckets, (value, at) => (at % 2 === 0 ? bucketFrom(value) : value)),
  }));
}

const isExact = ({ totals, alarms }: Timeline): boolean => totals.lost === 0 && alarms.length === 0;

/** Why figures are only bounds, one sentence each; empty when all are exact. */
export function boundWarnings(plan: PlanReport, timeline: Timeline): string[] {
  const reasons: string[] = [];
  if (timeline.totals.lost > 0) {
    reasons.push(`${timeline.totals.lost} events were lost on the way, so counts are "at least".`);
  }
  if (!plan.unwoundExact) {
    reasons.push('Calls left by unwinding are counted as "at least"; the others of them count as in flight.');
  }
  return [...reasons, ...timeline.alarms];
}

export function latencySummary({ histogram, latency, totals }: Timeline): TraceDocument['latency'] {
  if (!latency || totals.returned === 0) return null;
  const at = (q: number): Nanoseconds => quantile(histogram, q, latency) ?? latency.min;
  return {
    min: latency.min,
    mean: latency.sum / totals.returned,
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    p99_9: at(0.999),
    max: latency.max,
  };
}
