/**
 * Decodes what bpftrace prints with `-f json`: one JSON object a line, mixed with blank lines and
 * plain sentences. Total: any bytes, split at any point, give messages or nothing, never an error.
 *
 * Single calls are most of the lines, so they are parsed from the bytes without making strings:
 *
 *     {"type": "printf", "data": "c 1674404241653 209775 1890 1890 0 94296522834379 94296522834292\n"}
 */
import { shownOf } from '../program/dead.ts';
import type { Nanoseconds } from '../units.ts';

/** A line of bpftrace's output. */
export type Message =
  | { readonly kind: 'attached' }
  /** One map: for each element the parts of its key and its value (several numbers for a tuple). */
  | { readonly kind: 'map'; readonly name: string; readonly entries: readonly MapEntry[] }
  | { readonly kind: 'call'; readonly call: RawCall }
  /** Another printf of ours: a letter and numbers. */
  | { readonly kind: 'event'; readonly letter: string; readonly numbers: readonly number[] }
  | { readonly kind: 'lost'; readonly count: number }
  /** A helper that failed in the kernel. `retcode`: -7 map full, -12 no memory. */
  | { readonly kind: 'helper-error'; readonly retcode: number }
  /** Anything else, kept for error texts. */
  | { readonly kind: 'text'; readonly text: string };

export interface MapEntry {
  /** Key parts as printed: numbers beyond 2^53 stay exact as text. */
  readonly key: readonly string[];
  readonly values: readonly number[];
}

/** One call that is over, as the program prints it. */
export interface RawCall {
  readonly end: Nanoseconds;
  readonly duration: Nanoseconds;
  readonly pid: number;
  readonly tid: number;
  readonly goroutine: number;
  readonly caller: number;
  /** Address of the exit instruction in the running process; 0 when it did not return. */
  readonly exit: number;
  /** As in `CallField`: 0 returned, 1 unwound, 2 cut off. */
  readonly outcome: number;
  /** Calls of one event (a panic that ends a thousand) that this one shows; 1 for a returned one. */
  readonly standsFor: number;
}

/** Longer lines are dropped: nothing of ours is so long, and memory must stay bounded. */
const LONGEST_LINE = 64 * 1024 * 1024;
const ATTACHED = '__BPFTRACE_NOTIFY_PROBES_ATTACHED';
const CALL_PREFIX = asciiBytes('{"type": "printf", "data": "c ');
const NEWLINE = 10;

/** Feeds bytes, calls back once a message, in order. `end` flushes a last line without newline. */
export interface Decoder {
  readonly push: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

export function decoder(onMessage: (message: Message) => void): Decoder {
  let rest: Uint8Array[] = [];
  let restLength = 0;
  const line = (bytes: Uint8Array): void => {
    const message = decodeLine(bytes);
    if (message) onMessage(message);
  };
  const flush = (tail: Uint8Array): void => {
    if (restLength === 0) line(tail);
    else if (restLength + tail.length <= LONGEST_LINE) line(concatenate([...rest, tail], restLength + tail.length));
    rest = [];
    restLength = 0;
  };
  return {
    push(bytes) {
      let from = 0;
      for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
        flush(bytes.subarray(from, at));
        from = at + 1;
      }
      if (from === bytes.length) return;
      restLength += bytes.length - from;
      if (restLength <= LONGEST_LINE) rest.push(bytes.slice(from));
      else rest = [];
    },
    end() {
      flush(new Uint8Array(0));
    },
  };
}

function concatenate(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Decodes one line without its newline; null for a blank one. */
export function decodeLine(bytes: Uint8Array): Message | null {
  const call = decodeCall(bytes);
  if (call) return { kind: 'call', call };
  const text = asciiText(bytes).trim();
  if (text === '') return null;
  if (text.startsWith(ATTACHED)) return { kind: 'attached' };
  const value = text.startsWith('{') ? parseJson(text) : null;
  return (value && messageOf(value)) ?? { kind: 'text', text: text.slice(0, 500) };
}

function decodeCall(bytes: Uint8Array): RawCall | null {
  const prefix = CALL_PREFIX.length;
  if (bytes.length < prefix) return null;
  for (let i = 0; i < prefix; i++) if (bytes[i] !== CALL_PREFIX[i]) return null;
  const numbers: number[] = [];
  let number = 0;
  let digits = 0;
  for (let i = prefix; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= 48 && byte <= 57) {
      number = number * 10 + (byte - 48);
      digits++;
      continue;
    }
    if (digits === 0) return null;
    numbers.push(number);
    if (byte !== 32) break; // the backslash of \n
    number = 0;
    digits = 0;
  }
  return callOf(numbers);
}

function callOf(numbers: readonly number[]): RawCall | null {
  const [end, duration, pid, tid, goroutine, caller, exit, ...more] = numbers;
  if (end === undefined || duration === undefined || pid === undefined || tid === undefined) return null;
  if (goroutine === undefined || caller === undefined || exit === undefined || more.length > 0) return null;
  return { end, duration, pid, tid, goroutine, caller, exit, outcome: 0, standsFor: 1 };
}

/** A call that did not return: `d <end> <start> <pid> <tid> <goroutine> <caller> <outcome> <ended with it>`. */
function deadCallOf(numbers: readonly number[]): RawCall | null {
  const [end = 0, start = 0, pid = 0, tid = 0, goroutine = 0, caller = 0, outcome = 0, dead = 0] = numbers;
  if (numbers.length !== 8 || (outcome !== 1 && outcome !== 2) || dead < 1) return null;
  const duration = Math.max(0, end - start);
  return { end, duration, pid, tid, goroutine, caller, exit: 0, outcome, standsFor: dead / shownOf(dead) };
}

function messageOf(value: Record<string, unknown>): Message | null {
  const { type, data } = value;
  switch (type) {
    case 'printf':
      return typeof data === 'string' ? eventOf(data) : null;
    case 'map':
      return isRecord(data) ? mapOf(data) : null;
    case 'lost_events':
      return isRecord(data) ? { kind: 'lost', count: toNumber(data.events) || 1 } : null;
    case 'helper_error':
      return { kind: 'helper-error', retcode: toNumber(value.retcode) };
    default:
      return null;
  }
}

function eventOf(data: string): Message {
  const [letter = '', ...words] = data.trim().split(' ');
  if (letter.length !== 1) return { kind: 'text', text: data.slice(0, 500) };
  const numbers = words.map(Number);
  if (!numbers.every(Number.isFinite)) return { kind: 'text', text: data.slice(0, 500) };
  if (letter !== 'c' && letter !== 'd') return { kind: 'event', letter, numbers };
  const call = letter === 'c' ? callOf(numbers) : deadCallOf(numbers);
  return call ? { kind: 'call', call } : { kind: 'text', text: data.slice(0, 500) };
}

function mapOf(data: Record<string, unknown>): Message | null {
  const [name] = Object.keys(data);
  if (name === undefined) return null;
  const content = data[name];
  const entries: MapEntry[] = isRecord(content)
    ? Object.entries(content).map(([key, value]) => ({ key: key.split(','), values: valuesOf(value) }))
    : [{ key: [], values: valuesOf(content) }];
  return { kind: 'map', name: name.replace(/^@/, ''), entries };
}

const valuesOf = (value: unknown): number[] => (Array.isArray(value) ? value.map(toNumber) : [toNumber(value)]);

/** From 0.24 on, integers that a double cannot hold are printed as strings. */
function toNumber(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : 0;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Our own output is ASCII; other bytes become Latin-1 letters, which is harmless in an error text. */
function asciiText(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 8192) {
    text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  }
  return text;
}
