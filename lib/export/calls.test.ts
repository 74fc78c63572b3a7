import { expect, test } from 'vitest';
import { callsCsv, callsJsonLines, weight } from './calls.ts';
import { exampleSource } from './example.ts';

const SOURCE = exampleSource({
  functionName: 'operator,=(int)\n"x"',
  names: [
    [0x40, '=cmd|calc'],
    [0x50, 'std::map<int, char>::at(int)'],
  ],
  ticks: [
    [
      { start: 1_000_000_001, duration: 2_500, caller: 0x40, goroutine: 7 },
      { start: 1_000_000_001.5 - 0.5, duration: 80_000_000, caller: 0x50, goroutine: 0, outcome: 'unwound' },
      { start: 999_999_999, duration: 64, standsFor: 5.05, outcome: 'returned' },
    ],
  ],
  lost: 3,
});

const csvLines = [...callsCsv(SOURCE)].join('').split('\r\n');
const table = csvLines.filter((line) => !line.startsWith('# '));

test('a call is a line: when, how long, who, from where, and for how many it stands', () => {
  expect(table).toEqual([
    'number,start_utc,start_boot_ns,duration_ns,outcome,stands_for,pid,tid,goroutine,caller,return_address',
    "0,2026-01-15T13:00:01.000000001Z,1000000001,2500,returned,1,42,43,7,'=cmd|calc,0x40",
    '1,2026-01-15T13:00:01.000000001Z,1000000001,80000000,unwound,1,42,43,,"std::map<int, char>::at(int)",0x50',
    '2,2026-01-15T13:00:00.999999999Z,999999999,64,returned,5.05,42,43,,,',
    '',
  ]);
});

test('the head says what was traced, what was counted, and what is missing; no part of it is a formula or a second line', () => {
  const head = csvLines.filter((line) => line.startsWith('# '));
  expect(head).toContain(`# function: operator,'=(int) "x"`);
  expect(head).toContain('# returned: 6.05');
  expect(head).toContain('# lost: 3');
  expect(head).toContain('# exact: false');
  expect(head).toContain('# sampled: true');
  expect(head.filter((line) => line.startsWith('# note: ')).join()).toMatch(/3 events were lost.*stands_for/);
});

test('JSON lines say the same, the head first', () => {
  const [head, first, , last] = [...callsJsonLines(SOURCE)]
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(head).toMatchObject({
    format: 'heatprobe calls 1',
    function: 'operator,=(int)\n"x"',
    unwound: 1,
    single_calls: 3,
  });
  expect(first).toEqual({
    number: 0,
    start_utc: '2026-01-15T13:00:01.000000001Z',
    start_boot_ns: 1_000_000_001,
    duration_ns: 2500,
    outcome: 'returned',
    stands_for: 1,
    pid: 42,
    tid: 43,
    goroutine: 7,
    caller: '=cmd|calc',
    return_address: '0x40',
  });
  expect(last).toMatchObject({ stands_for: 5.05, goroutine: null, caller: null, return_address: null });
});

test('a weight of single precision is written as short as it is', () => {
  const single = (value: number) => weight(Math.fround(value));
  expect([1, 3.2, 5.05, 20 / 7, 1234.5, 16_777_216].map(single)).toEqual([
    '1',
    '3.2',
    '5.05',
    '2.857143',
    '1234.5',
    '16777216',
  ]);
});

test('a session without a call has a head and columns', () => {
  const empty = exampleSource({ ticks: [[]] });
  expect([...callsCsv(empty)].join('').split('\r\n').at(-2)).toMatch(/^number,/);
  expect([...callsJsonLines(empty)].join('').split('\n')).toHaveLength(2);
});
