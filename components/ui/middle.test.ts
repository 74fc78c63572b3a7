import { expect, test } from 'vitest';
import { halves } from './middle.ts';

test('a short name is whole, a long one keeps its end, and 4,000 letters are not drawn', () => {
  expect(halves('main.handle')).toEqual({ head: 'main.handle', tail: '', tailFrom: 11 });
  const long = 'node::fs::Read(v8::FunctionCallbackInfo<v8::Value> const&)';
  const { head, tail } = halves(long);
  expect(head + tail).toBe(long);
  expect(tail).toBe('Value> const&)');
  const huge = halves('x'.repeat(4000));
  expect(huge.head.length + huge.tail.length).toBeLessThan(300);
});

test('copies of one function that a compiler made keep what tells them apart', () => {
  const query = 'query(int, std::mersenne_twister_engine<unsigned long, 32ul, 624ul>&)';
  expect(halves(`${query} [clone .isra.0.cold]`)).toMatchObject({ head: query, tail: ' [clone .isra.0.cold]' });
  expect(halves(`${query} [clone .isra.0]`)).toMatchObject({ head: query, tail: ' [clone .isra.0]' });
});
