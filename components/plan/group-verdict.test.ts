import { expect, test } from 'vitest';
import { CALL } from '../gallery/heads.ts';
import { groupObstacle, groupVerdict, traceable } from './group-verdict.ts';
import type { GroupPlan, PlanState } from './plan-state.ts';

const one = (verdict: 'safe' | 'limited' | 'refused'): GroupPlan => ({
  symbol: CALL,
  // Only the verdict is read.
  plan: { state: 'planned', planned: { plan: { verdict } } } as unknown as PlanState,
});

test('the weakest of several decides, and what is refused is counted', () => {
  const words = (...verdicts: Parameters<typeof one>[0][]) => {
    const verdict = groupVerdict(verdicts.map(one));
    return verdict && verdict.strong + verdict.rest;
  };
  expect(words('safe', 'safe')).toBe('Safe to measure');
  expect(words('safe', 'limited')).toBe('Safe within limits');
  expect(words('safe', 'limited', 'refused')).toBe('2 of 3 can be measured');
  expect(words('refused')).toBe('Refused');
  expect(groupVerdict([one('safe'), { symbol: CALL, plan: { state: 'planning' } }])).toBeNull();
  expect(traceable([one('safe'), one('refused')])).toHaveLength(1);
});

test('a command is for one function: it is said before Start, and not called safe', () => {
  const two = [one('safe'), one('safe')];
  expect(groupVerdict(two, true)?.strong).toBe('One function');
  expect(groupObstacle(two, true)).toMatch(/once more.*yourself/);
  expect(groupObstacle(two, false)).toBeNull();
  expect(groupObstacle([one('safe'), one('refused')], true)).toBeNull();
  expect(groupVerdict([one('safe')], true)?.strong).toBe('Safe');
});
