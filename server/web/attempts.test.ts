import { expect, test } from 'vitest';
import { createAttempts } from './attempts.ts';

test('after many wrong tokens an address waits a minute, and others do not', () => {
  let now = 0;
  const attempts = createAttempts(() => now);
  for (let count = 0; count < 19; count++) attempts.failed('a');
  expect(attempts.areTooMany('a')).toBe(false);
  attempts.failed('a');
  expect(attempts.areTooMany('a')).toBe(true);
  expect(attempts.areTooMany('b')).toBe(false);
  now += 59_999;
  expect(attempts.areTooMany('a')).toBe(true);
  now += 1;
  expect(attempts.areTooMany('a')).toBe(false);
});
