/** One verdict for several functions that are to be traced together. */
import type { GroupPlan } from './plan-state.ts';
import { VERDICTS, type VerdictWords } from './verdict.ts';

/** Those that Start would trace. */
export const traceable = (group: readonly GroupPlan[]): readonly GroupPlan[] =>
  group.filter(({ plan }) => plan.state === 'planned' && plan.planned.plan.verdict !== 'refused');

/** Null until all plans are there. */
export function groupVerdict(group: readonly GroupPlan[]): VerdictWords | null {
  if (group.some(({ plan }) => plan.state === 'planning' || plan.state === 'none')) return null;
  const able = traceable(group);
  if (able.length === 0) return VERDICTS.refused;
  if (able.length < group.length) {
    return { strong: `${able.length} of ${group.length}`, rest: ' can be measured', tone: 'warn' };
  }
  const limited = able.some(({ plan }) => plan.state === 'planned' && plan.planned.plan.verdict === 'limited');
  return limited ? VERDICTS.limited : VERDICTS.safe;
}
