import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callerMark, isCaller } from '../calls/caller.ts';
import { OUTCOMES } from '../timeline/calls.ts';
import {
  FIRST_VIEW,
  LANE_ORDERS,
  LINE_NAMES,
  NO_FILTER,
  type Range,
  SORT_KEYS,
  TREND_NAMES,
  type ViewState,
} from './state.ts';
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
    caller: orNull(
      fc.oneof(fc.string({ minLength: 1, maxLength: 60 }), fc.string({ minLength: 900, maxLength: 1000 })),
    ),
    outcome: orNull(fc.constantFrom(...OUTCOMES)),
  }),
  y: fc.constantFrom('log', 'linear'),
  colour: fc.constantFrom('rank', 'log'),
  crop: fc.boolean(),
  lines: fc.subarray([...LINE_NAMES]),
  trends: fc.subarray([...TREND_NAMES]),
  lanes: fc.constantFrom(null, 'thread', 'goroutine', 'process'),
  order: fc.constantFrom(null, ...LANE_ORDERS),
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

  test('a caller with a name of any length is the same caller, in an address that a server takes', () => {
    const names = ['a', 'b'].map((last) => `std::map<${'std::vector<λ>, '.repeat(511)}${last}`.slice(0, 8191) + last);
    for (const name of names) {
      const address = new URLSearchParams(viewToQuery({ ...FIRST_VIEW, filter: { ...NO_FILTER, caller: name } }));
      const wanted = opened(address.toString()).filter.caller ?? '';
      expect(names.map((other) => isCaller(other, wanted))).toEqual(names.map((other) => other === name));
      expect(wanted.startsWith('std::map<std::vector<λ>, ')).toBe(true);
      expect(address.toString().length).toBeLessThan(4000);
      // Opened and handed on again.
      expect(callerMark(wanted)).toBe(wanted);
    }
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
