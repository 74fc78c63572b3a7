import { expect, test } from 'vitest';
import { exampleSource } from './example.ts';
import { FORMAT_NAMES } from './format-list.ts';
import { formatNamed } from './formats.ts';
import { startedOrder } from './started-order.ts';

const MANY = 150_000;
/** Calls that began in another order than they ended, many at the same moment. */
const SOURCE = exampleSource({
  ticks: [
    Array.from({ length: MANY }, (_, at) => ({
      start: 1e9 + ((at * 7919) % 50_000),
      duration: at % 900,
      tid: at % 40,
    })),
  ],
});

test('all calls come in the order of their begins, those of one moment in the order of their ends', () => {
  const work = startedOrder(SOURCE.timeline.calls);
  let step = work.next();
  let pauses = 0;
  for (; !step.done; step = work.next()) pauses += 1;
  const { keys, numbers, length } = step.value;
  expect(length).toBe(MANY);
  expect(pauses).toBeGreaterThan(20);
  expect(new Set(numbers.subarray(0, length)).size).toBe(MANY);
  let wrong = 0;
  for (let at = 1; at < length; at++) {
    const [before = 0, now = 0] = [keys[at - 1], keys[at]];
    if (before > now || (before === now && (numbers[at - 1] ?? 0) > (numbers[at] ?? 0))) wrong += 1;
  }
  expect(wrong).toBe(0);
});

test('no format of many calls is made in one piece', () => {
  for (const name of FORMAT_NAMES) {
    const format = formatNamed(name);
    if ('problem' in format) throw new Error(format.message);
    let longest = 0;
    for (const piece of format.write(SOURCE, (bytes) => bytes)) longest = Math.max(longest, piece.length);
    expect(longest, name).toBeLessThan(300_000);
  }
});
