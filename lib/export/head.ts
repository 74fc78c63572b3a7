/** What stands at the head of an export: what was traced, what was counted, and what is missing. */
import { count, duration, plural } from '../format/format.ts';
import { boundWarnings, latencySummary } from '../report/document.ts';
import { forgottenSpan } from '../timeline/columns.ts';
import type { ExportSource } from './source.ts';
import { utcWriter } from './time.ts';

/** Flat, so that it can be written as lines; names have units. Times are on the boot clock unless they are UTC. */
export interface ExportHead {
  /** `heatprobe calls 1`: what the file is, and the version of its form. */
  readonly format: string;
  /** Version of heatprobe that wrote it. */
  readonly heatprobe: string;
  readonly session: string;
  /** `tracing` while the trace goes on: the export is then as of `to`. */
  readonly state: string;
  readonly function: string;
  readonly linkage_name: string;
  readonly binary: string;
  readonly build_id: string | null;
  readonly language: string;
  readonly pid: number | null;
  readonly process: string | null;
  readonly from_utc: string;
  readonly to_utc: string;
  readonly from_boot_ns: number;
  readonly to_boot_ns: number;
  readonly entered: number;
  readonly returned: number;
  readonly unwound: number;
  readonly cut_off: number;
  readonly in_flight: number;
  readonly unmatched: number;
  readonly lost: number;
  /** False when some count is only a bound; the notes say why. */
  readonly exact: boolean;
  /** Of all calls that returned; percentiles are the middle of their bucket. Null before the first. */
  readonly latency_min_ns: number | null;
  readonly latency_mean_ns: number | null;
  readonly latency_p50_ns: number | null;
  readonly latency_p90_ns: number | null;
  readonly latency_p99_ns: number | null;
  readonly latency_p99_9_ns: number | null;
  readonly latency_max_ns: number | null;
  /** Single calls that are kept. */
  readonly single_calls: number;
  /** True when single calls were left out somewhere, so that others stand for them. Buckets are exact all the same. */
  readonly sampled: boolean;
  readonly notes: readonly string[];
}

/** @param format what the file is: `calls`, `buckets` */
export function exportHead(format: string, { head, timeline, heatprobe }: ExportSource): ExportHead {
  const { subject, plan, status } = head;
  const { totals, calls } = timeline;
  const latency = latencySummary(timeline);
  const utc = utcWriter(timeline.wallOffset);
  const bounds = boundWarnings(plan, timeline);
  const sampled = timeline.coarse.some((column) => column.sampled) || calls.standsFor.some((calls) => calls > 1);
  return {
    format: `heatprobe ${format} 1`,
    heatprobe,
    session: head.id,
    state: status.state,
    function: subject.symbol.demangled,
    linkage_name: subject.symbol.name,
    binary: subject.path,
    build_id: subject.buildId,
    language: [subject.language, subject.languageVersion].filter(Boolean).join(' '),
    pid: subject.pid,
    process: subject.processName,
    from_utc: utc(timeline.from),
    to_utc: utc(timeline.to),
    from_boot_ns: timeline.from,
    to_boot_ns: timeline.to,
    entered: totals.entered,
    returned: totals.returned,
    unwound: totals.unwound,
    cut_off: totals.cutOff,
    in_flight: totals.inFlight,
    unmatched: totals.unmatched,
    lost: totals.lost,
    exact: bounds.length === 0,
    latency_min_ns: latency?.min ?? null,
    latency_mean_ns: latency?.mean ?? null,
    latency_p50_ns: latency?.p50 ?? null,
    latency_p90_ns: latency?.p90 ?? null,
    latency_p99_ns: latency?.p99 ?? null,
    latency_p99_9_ns: latency?.p99_9 ?? null,
    latency_max_ns: latency?.max ?? null,
    single_calls: calls.next - calls.first,
    sampled,
    notes: [...bounds, ...notesOf({ timeline, sampled })],
  };
}

function notesOf({ timeline, sampled }: Pick<ExportSource, 'timeline'> & { readonly sampled: boolean }): string[] {
  const { calls } = timeline;
  const forgotten = forgottenSpan(timeline);
  const notes: string[] = [];
  if (sampled) {
    notes.push('Where calls were many, some single calls were left out; stands_for says for how many a call stands.');
  }
  if (calls.first > 0) {
    const dropped = plural(calls.first, 'single call is', 'single calls are');
    notes.push(`The first ${dropped} no longer kept; they are counted in totals and buckets.`);
  }
  if (forgotten > 0) {
    notes.push(`The first ${duration(forgotten)} are one interval: finer ones are kept for ${count(60)} minutes.`);
  }
  return notes;
}

/**
 * The head as lines before a table, each a comment that begins with `#`. A reader that does not know comments splits
 * them at separators, so no part behind one may begin like a formula.
 */
export function headLines(head: ExportHead): string {
  const lines = Object.entries(head).flatMap(([name, value]: [string, unknown]) =>
    Array.isArray(value) ? value.map((text) => ['note', text]) : [[name, value ?? '']],
  );
  return lines.map(([name, value]) => `# ${name}: ${commentText(String(value))}\r\n`).join('');
}

const commentText = (text: string): string =>
  text.replace(/[\r\n\u2028\u2029]+/g, ' ').replace(/([,;\t]["\s]*)(?=[=+\-@])/g, "$1'");
