import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLine, decoder, type Message } from './decode.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const line = (text: string): Message | null => decodeLine(bytes(text));

function decodeAll(chunks: readonly Uint8Array[]): Message[] {
  const messages: Message[] = [];
  const feed = decoder((message) => messages.push(message));
  for (const chunk of chunks) feed.push(chunk);
  feed.end();
  return messages;
}

const CALL = '{"type": "printf", "data": "c 1674404241653 209775 1890 1891 7 94296522834379 94296522834292\\n"}';
const call = {
  end: 1674404241653,
  duration: 209775,
  pid: 1890,
  tid: 1891,
  goroutine: 7,
  caller: 94296522834379,
  exit: 94296522834292,
  outcome: 0,
  standsFor: 1,
};

/** As bpftrace 0.17.0, 0.23.2 and 0.27.1 printed them. */
describe('a line of bpftrace', () => {
  it.each<[string, string, Message | null]>([
    ['one call', CALL, { kind: 'call', call }],
    [
      'one of twenty calls that a panic ended',
      '{"type": "printf", "data": "d 1674404241653 1674404041653 1890 1891 7 94296522834379 1 20\\n"}',
      { kind: 'call', call: { ...call, duration: 200_000, exit: 0, outcome: 1, standsFor: 20 / 7 } },
    ],
    ['one call, spaced otherwise', CALL.replaceAll(': ', ':'), { kind: 'call', call }],
    [
      'begin of a tick',
      '{"type": "printf", "data": "t 4181763910921 1\\n"}',
      { kind: 'event', letter: 't', numbers: [4181763910921, 1] },
    ],
    ['end of a tick', '{"type": "printf", "data": "k\\n"}', { kind: 'event', letter: 'k', numbers: [] }],
    [
      'map',
      '{"type": "map", "data": {"@e": {"18037": 7}}}',
      { kind: 'map', name: 'e', entries: [{ key: ['18037'], values: [7] }] },
    ],
    [
      'map of tuples (0.17, 0.23)',
      '{"type": "map", "data": {"@c": {"1,2,3": [9223372036854775000,3]}}}',
      { kind: 'map', name: 'c', entries: [{ key: ['1', '2', '3'], values: [9223372036854775000, 3] }] },
    ],
    [
      'map of tuples (0.27: large integers are strings)',
      '{"type": "map", "data": {"@c": {"1,2,3": ["9223372036854775000",3]}}}',
      { kind: 'map', name: 'c', entries: [{ key: ['1', '2', '3'], values: [9223372036854775000, 3] }] },
    ],
    [
      'map without key',
      '{"type": "map", "data": {"@x": 5}}',
      { kind: 'map', name: 'x', entries: [{ key: [], values: [5] }] },
    ],
    ['notice that all probes are attached', '__BPFTRACE_NOTIFY_PROBES_ATTACHED=1', { kind: 'attached' }],
    ['loss', '{"type": "lost_events", "data": {"events": 12}}', { kind: 'lost', count: 12 }],
    [
      'failed helper (0.17)',
      '{"type": "helper_error", "helper": "map_update_elem", "retcode": -7, "line": 1, "col": 72}',
      { kind: 'helper-error', retcode: -7 },
    ],
    [
      'failed helper (0.27)',
      '{"type": "helper_error", "msg": "Argument list too long", "helper": "map_update_elem", "retcode": -7, "filename": "stdin", "line": 1, "col": 96}',
      { kind: 'helper-error', retcode: -7 },
    ],
    ['blank one', '  ', null],
    ['sentence', 'Lost 5 events', { kind: 'text', text: 'Lost 5 events' }],
  ])('is decoded: %s', (_, text, message) => {
    expect(line(text)).toEqual(message);
  });

  it('about attached probes comes before they are (up to 0.23), so it says nothing', () => {
    expect(line('{"type": "attached_probes", "count": 1, "data": {"probes": 1}}')?.kind).toBe('text');
  });

  it('with garbled numbers is text, never a message with numbers that are none', () => {
    for (const data of [
      't x 1',
      't 12-3 1',
      'c 1 2 3',
      'c 1 2 3 4 5 6 7 8',
      'c a b c d e f g',
      'd 1 2 3 4 5 6 1',
      'd 1 2 3 4 5 6 0 1',
      'hello',
      '',
    ])
      expect(line(JSON.stringify({ type: 'printf', data }))?.kind).toBe('text');
  });

  it('cut off anywhere is text or nothing', () => {
    for (let length = 0; length < CALL.length - 3; length++) {
      const message = line(CALL.slice(0, length));
      expect(message === null || message.kind === 'text').toBe(true);
    }
  });

  it('of any bytes is survived', () => {
    const damaged = fc.record({ at: fc.nat(CALL.length - 1), byte: fc.nat(255) }).map(({ at, byte }) => {
      const copy = bytes(CALL);
      copy[at] = byte;
      return copy;
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), damaged), (content) => {
        const message = decodeLine(content);
        if (message?.kind === 'call') expect(Object.values(message.call).every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

describe('the stream', () => {
  const text = ['', CALL, '{"type": "map", "data": {"@e": {"1": 7}}}', 'a sentence', '', '{"cut', CALL].join('\n');
  const whole = decodeAll([bytes(text)]);

  it('holds one message a line, the last without newline too', () => {
    expect(whole.map(({ kind }) => kind)).toEqual(['call', 'map', 'text', 'text', 'call']);
  });

  it('may be split at any byte', () => {
    const content = bytes(text);
    for (let at = 0; at <= content.length; at++)
      expect(decodeAll([content.slice(0, at), content.slice(at)])).toEqual(whole);
    expect(decodeAll(Array.from(content, (byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  it('does not hold on to the buffers that it was given', () => {
    const messages: Message[] = [];
    const feed = decoder((message) => messages.push(message));
    const buffer = bytes(`${CALL.slice(0, 40)}`);
    feed.push(buffer);
    buffer.fill(0);
    feed.push(bytes(`${CALL.slice(40)}\n`));
    expect(messages).toEqual([{ kind: 'call', call }]);
  });

  it('of a recorded trace is understood line by line', () => {
    const recorded = gunzipSync(readFileSync(new URL('../../e2e/recordings/go-handle.ndjson.gz', import.meta.url)));
    const messages = decodeAll([recorded]);
    expect(messages.length).toBeGreaterThan(1000);
    expect(messages.filter(({ kind }) => kind === 'text').length).toBeLessThan(5);
    const halves = [0.3, 0.31, 0.9].map((part) => Math.floor(recorded.length * part));
    const chunks = [0, ...halves].map((from, i) => recorded.subarray(from, halves[i] ?? recorded.length));
    expect(decodeAll(chunks)).toEqual(messages);
  });
});
