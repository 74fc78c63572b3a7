import { expect, test } from 'vitest';
import type { Site, SiteCost } from '../protocol/plan.ts';
import { callCost } from './cost.ts';

const site = (cost: SiteCost): Site => ({
  kind: 'return',
  path: '/a',
  address: 1,
  place: '+0x1',
  instruction: 'ret',
  cost,
  note: '',
});

test('the class follows from how many of entry and exit are single-stepped, the dearest exit counting', () => {
  expect(callCost({ entry: site('emulated'), exits: [site('emulated')] })).toMatchObject({
    class: 'light',
    metal: 1100,
  });
  expect(callCost({ entry: site('emulated'), exits: [site('emulated'), site('single-stepped')] })).toMatchObject({
    class: 'moderate',
    metal: 1700,
    virtual: 16_500,
  });
  expect(callCost({ entry: site('single-stepped'), exits: [site('single-stepped')] })?.class).toBe('heavy');
  expect(callCost({ entry: null, exits: [] })).toBeNull();
});
