import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OUTCOMES } from '../timeline/calls.ts';
import { FIRST_VIEW, LINE_NAMES, type Range, SORT_KEYS, type ViewState } from './state.ts';
import { viewFromQuery, viewToQuery } from './url.ts';

function opened(address: string): ViewState {
  const query = new URLSearchParams(address);
  return viewFromQuery((key) => query.get(key));
}

const whole = fc.nat({ max: 2 ** 31 });
const range: fc.Arbitrary<Range> = fc
  .tuple(whole, fc.integer({ min: 1, max: 2 ** 31 }))
  .map(([from, length]) => ({ from, to: from + length }));
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const view: fc.Arbitrary<ViewState> = fc.record({
  window: fc.oneof(
    fc.record({
      kind: fc.constant('follow' as const),
      span: fc.oneof(fc.constant(null), fc.constant('all' as const), fc.integer({ min: 1, max: 2 ** 40 })),
    }),
    range.map((fixed) => ({ kind: 'fixed' as const, ...fixed })),
  ),
  selection: fc
    .record({ time: orNull(range), latency: orNull(range) })
    .map((box) => (box.time || box.latency ? box : null)),
  filter: fc.record({
    pid: orNull(whole),
    tid: orNull(whole),
    goroutine: orNull(whole),
    caller: orNull(fc.string({ minLength: 1, maxLength: 60 })),
    outcome: orNull(fc.constantFrom(...OUTCOMES)),
  }),
  y: fc.constantFrom('log', 'linear'),
  colour: fc.constantFrom('rank', 'log'),
  crop: fc.boolean(),
  lines: fc.subarray([...LINE_NAMES]),
  lanes: fc.constantFrom(null, 'thread', 'goroutine', 'process'),
  tab: fc.constantFrom('calls', 'open', 'plan', 'probes'),
  sort: fc.record({
    key: fc.constantFrom(...SORT_KEYS),
    descending: fc.boolean(),
  }),
  call: orNull(whole),
});

describe('the view in the address', () => {
  test('whoever opens it sees the same', () => {
    fc.assert(
      fc.property(view, (before) => {
        expect(opened(new URLSearchParams(viewToQuery(before)).toString())).toEqual(before);
      }),
    );
  });

  test('the first view needs no words', () => {
    expect(viewToQuery(FIRST_VIEW)).toEqual([]);
  });

  test('nonsense is left out, the rest counts', () => {
    const query = 'w=9-3&t=-1-5&l=1000-2000&pid=abc&sort=-nothing&y=cubic&call=1e3&tab=plan&g=7';
    expect(opened(query)).toEqual({
      ...FIRST_VIEW,
      selection: { time: null, latency: { from: 1000, to: 2000 } },
      filter: { ...FIRST_VIEW.filter, goroutine: 7 },
      tab: 'plan',
    });
  });

  test('any text at all gives a view', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (text) => {
        expect(opened(text)).toBeTruthy();
      }),
    );
  });
});
