/** Single calls, one a line: as CSV (RFC 4180, after comment lines) and as JSON lines (jsonlines.org). */
import { callerName } from '../calls/caller.ts';
import { csvField } from '../format/csv.ts';
import { address } from '../format/format.ts';
import { OUTCOMES } from '../timeline/calls.ts';
import { exportHead, headLines } from './head.ts';
import type { ExportSource } from './source.ts';
import { utcWriter } from './time.ts';

/** Lines that are made at once: some tens of kilobytes. */
const LINES = 512;

const COLUMNS = [
  'number',
  'start_utc',
  'start_boot_ns',
  'duration_ns',
  'outcome',
  'stands_for',
  'pid',
  'tid',
  'goroutine',
  'caller',
  'return_address',
] as const;

/**
 * Calls in the order of their numbers, which is that of their ends. `duration_ns` of a call that did not return is the
 * time until its end was seen. The sum of `stands_for` over the calls that returned
 * is the number of those calls: exactly where none was left out, else about, since ticks and sampling begin at other moments.
 */
export function* callsCsv(source: ExportSource): Generator<string> {
  yield `${headLines(exportHead('calls', source))}${COLUMNS.join(',')}\r\n`;
  const { calls, names, wallOffset } = source.timeline;
  const utc = utcWriter(wallOffset);
  const caller = remembered((at) => `${at > 0 ? csvField(callerName(names, at)) : ''},${at > 0 ? address(at) : ''}`);
  for (let from = calls.first; from < calls.next; from += LINES) {
    let text = '';
    for (let number = from; number < Math.min(from + LINES, calls.next); number++) {
      const at = number & calls.mask;
      const start = calls.start[at] ?? 0;
      const goroutine = calls.goroutine[at] ?? -1;
      text += `${number},${utc(start)},${start},${calls.duration[at]},${OUTCOMES[calls.outcome[at] ?? 0]},${weight(
        calls.standsFor[at] ?? 1,
      )},${calls.pid[at]},${calls.tid[at]},${goroutine > 0 ? goroutine : ''},${caller(calls.caller[at] ?? 0)}\r\n`;
    }
    yield text;
  }
}

/** The head as the first line, then one object a call, with the names of the CSV's columns; null where nothing is known. */
export function* callsJsonLines(source: ExportSource): Generator<string> {
  yield `${JSON.stringify(exportHead('calls', source))}\n`;
  const { calls, names, wallOffset } = source.timeline;
  const utc = utcWriter(wallOffset);
  const caller = remembered((at) =>
    at > 0
      ? `"caller":${JSON.stringify(callerName(names, at))},"return_address":"${address(at)}"`
      : '"caller":null,"return_address":null',
  );
  for (let from = calls.first; from < calls.next; from += LINES) {
    let text = '';
    for (let number = from; number < Math.min(from + LINES, calls.next); number++) {
      const at = number & calls.mask;
      const start = calls.start[at] ?? 0;
      const goroutine = calls.goroutine[at] ?? -1;
      text += `{"number":${number},"start_utc":"${utc(start)}","start_boot_ns":${start},"duration_ns":${
        calls.duration[at]
      },"outcome":"${OUTCOMES[calls.outcome[at] ?? 0]}","stands_for":${weight(calls.standsFor[at] ?? 1)},"pid":${
        calls.pid[at]
      },"tid":${calls.tid[at]},"goroutine":${goroutine > 0 ? goroutine : 'null'},${caller(calls.caller[at] ?? 0)}}\n`;
    }
    yield text;
  }
}

/** A call comes from a few places: what is written of them is made once. */
export function remembered(make: (key: number) => string): (key: number) => string {
  const known = new Map<number, string>();
  return (key) => {
    let text = known.get(key);
    if (text === undefined) {
      text = make(key);
      known.set(key, text);
    }
    return text;
  };
}

/** The shortest decimal that is this number of single precision: `5.05`, not `5.050000190734863`. */
export function weight(value: number): string {
  if (Number.isInteger(value)) return String(value);
  for (let digits = 2; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === Math.fround(value)) return String(Number(text));
  }
  return String(value);
}
