/** What one call costs the target: by how the kernel runs the probed instructions. */
import type { PlanReport, SiteCost } from '../protocol/plan.ts';
import type { Nanoseconds } from '../units.ts';

/** Of one hit, by class: on bare metal, and in a nested virtual machine (measured on kernel 6.18). */
const HIT: Readonly<Record<SiteCost, readonly [Nanoseconds, Nanoseconds]>> = {
  emulated: [300, 1000],
  'single-stepped': [900, 15_000],
};
/** What the program itself adds to an entry and an exit. */
const PROGRAM: Nanoseconds = 500;

/** `light`: no site is single-stepped; `heavy`: entry and exit are. */
export type CostClass = 'light' | 'moderate' | 'heavy';

export interface CallCost {
  readonly class: CostClass;
  /** Of the dearest exit: which one a call takes is not known. */
  readonly entry: SiteCost;
  readonly exit: SiteCost;
  readonly metal: Nanoseconds;
  readonly virtual: Nanoseconds;
}

/** Null for a plan without sites. */
export function callCost({ entry, exits }: Pick<PlanReport, 'entry' | 'exits'>): CallCost | null {
  if (!entry) return null;
  const exit: SiteCost = exits.every(({ cost }) => cost === 'emulated') ? 'emulated' : 'single-stepped';
  const stepped = [entry.cost, exit].filter((cost) => cost === 'single-stepped').length;
  const [metal, virtual] = [HIT[entry.cost][0] + HIT[exit][0], HIT[entry.cost][1] + HIT[exit][1]];
  return {
    class: stepped === 0 ? 'light' : stepped === 1 ? 'moderate' : 'heavy',
    entry: entry.cost,
    exit,
    metal: metal + PROGRAM,
    virtual: virtual + PROGRAM,
  };
}
