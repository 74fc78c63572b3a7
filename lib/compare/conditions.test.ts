import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallSet } from './call-set.ts';
import { type Condition, judge, parseCondition } from './conditions.ts';
import { callSet, independent, seeded } from './fixtures.ts';

const MS = 1e6;

describe('the text of a condition', () => {
  it.each<[string, Partial<Condition>]>([
    ['p99 > 1.2x', { above: true, limit: { kind: 'ratio', value: 1.2 } }],
    ['p50>5ms', { above: true, limit: { kind: 'value', value: 5e6 } }],
    ['P99.9 >= 2 s', { above: true, limit: { kind: 'value', value: 2e9 } }],
    ['rate < 0.9x', { above: false, limit: { kind: 'ratio', value: 0.9 } }],
    ['rate < 100/s', { above: false, limit: { kind: 'value', value: 100 } }],
    ['p95 < 10us', { above: false, metric: { kind: 'percentile', name: 'p95', q: 0.95 } }],
  ])('%s', (text, wanted) => {
    expect(parseCondition(text)).toMatchObject({ ...wanted, text });
  });

  it.each<[string, RegExp]>([
    ['', /is not FIGURE > LIMIT/],
    ['p99', /is not FIGURE > LIMIT/],
    ['p99 = 1.2x', /is not FIGURE > LIMIT/],
    ['p99 > 1.2', /needs a unit, such as 1\.2x or 5ms/],
    ['p99 > 100/s', /needs a unit/],
    ['rate < 5ms', /needs a unit, such as 0\.9x or 100\/s/],
    ['p99 > 0x', /above 0/],
    ['p0 > 1x', /no figure "p0"/],
    ['p100 > 1x', /no figure "p100"/],
    ['mean > 1x', /no figure "mean"/],
    ['max > 1s', /max is one call/],
  ])('%j is refused with a reason', (text, reason) => {
    const parsed = parseCondition(text);
    expect('wrong' in parsed && parsed.wrong).toMatch(reason);
  });

  it('of any kind is a condition or a sentence', () => {
    const word = fc.constantFrom('p99', 'p', 'rate', '>', '<', '=', '1', '.', 'x', 'ms', '/s', ' ', '-', 'e9', 'µs');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join('')),
        ),
        (text) => {
          const parsed = parseCondition(text);
          if ('wrong' in parsed) expect(parsed.wrong).toMatch(/\.$/);
          else expect(parsed.limit.value).toBeGreaterThan(0);
        },
      ),
    );
  });
});

const conditions = (...texts: readonly string[]): Condition[] =>
  texts.map((text) => {
    const parsed = parseCondition(text);
    if ('wrong' in parsed) throw new Error(parsed.wrong);
    return parsed;
  });

const outcomes = (sets: { a: CallSet; b: CallSet }, texts: readonly string[], anyChange = false) =>
  judge(conditions(...texts), sets, anyChange).map(({ outcome }) => outcome);

describe('a condition', () => {
  const a = independent(seeded(1), 100, 100, 10 * MS);
  const slower = independent(seeded(2), 100, 100, 15 * MS);

  it('holds when the whole interval lies beyond its limit', () => {
    const texts = ['p50 > 1.2x', 'p50 > 2x', 'p99 > 10ms', 'p50 > 20ms', 'rate < 0.9x', 'p50 < 0.9x', 'p50 < 20ms'];
    expect(outcomes({ a, b: slower }, texts)).toEqual([
      'met',
      'not met',
      'met',
      'not met',
      'not met',
      'not met',
      'met',
    ]);
  });

  it('does not hold for what chance does, unless any change is asked for', () => {
    const b = independent(seeded(3), 100, 100, 10 * MS);
    const texts = ['p99 > 1.001x', 'p99 < 0.999x'];
    expect(outcomes({ a, b }, texts)).toEqual(['not met', 'not met']);
    expect(outcomes({ a, b }, texts, true).toSorted()).toEqual(['met', 'not met']);
  });

  it('of an unchanged function holds in less than one of forty builds', () => {
    const random = seeded(5);
    let failed = 0;
    for (let build = 0; build < 150; build++) {
      const sets = { a: independent(random, 30, 30, MS), b: independent(random, 30, 30, MS) };
      if (outcomes(sets, ['p50 > 1x', 'p90 > 1x', 'rate < 1x']).includes('met')) failed += 1;
    }
    expect(failed / 150).toBeLessThanOrEqual(0.025);
  });

  it('is undecided with too few calls, and with none', () => {
    const few = callSet([[MS, 2 * MS, 3 * MS]]);
    expect(outcomes({ a: few, b: few }, ['p99 > 1.2x', 'p50 > 5ms'])).toEqual(['undecided', 'undecided']);
    const none = callSet([]);
    expect(outcomes({ a, b: none }, ['p99 > 1.2x', 'rate < 0.9x'])).toEqual(['undecided', 'undecided']);
    expect(outcomes({ a: none, b: a }, ['p99 > 1.2x', 'p99 > 1ms'])).toEqual(['undecided', 'met']);
  });

  it('says what was found', () => {
    const [ratio, value, perSecond] = judge(
      conditions('p50 > 1.2x', 'p50 > 5ms', 'rate < 100/s'),
      { a, b: slower },
      false,
    );
    expect(ratio?.found).toMatch(/^\+4\d to \+5\d %$/);
    expect(value?.found).toMatch(/^14\.\d ms to 15\.\d ms$/);
    expect(perSecond?.found).toMatch(/^9\d\d\/s to 1,0\d\d\/s$/);
  });
});
