/** One verdict for several functions that are to be traced together. */
import type { Language } from '../../lib/binary/binary.ts';
import type { GroupPlan } from './plan-state.ts';
import { VERDICTS, type VerdictWords } from './verdict.ts';

/** Those that Start would trace. */
export const traceable = (group: readonly GroupPlan[]): readonly GroupPlan[] =>
  group.filter(({ plan }) => plan.state === 'planned' && plan.planned.plan.verdict !== 'refused');

/** Of the file that holds them all; unknown until the first plan is there. */
export function languageOf(group: readonly GroupPlan[]): Language {
  for (const { plan } of group) if (plan.state === 'planned') return plan.planned.subject.language;
  return 'unknown';
}

/** Why these cannot be started together; null when they can. */
export function groupObstacle(group: readonly GroupPlan[], isCommand: boolean): string | null {
  if (!isCommand || traceable(group).length < 2) return null;
  return 'Each session would start the command once more. Leave out all but one function, or start the command yourself and choose it among the processes.';
}

/** Null until all plans are there. */
export function groupVerdict(group: readonly GroupPlan[], isCommand = false): VerdictWords | null {
  if (group.some(({ plan }) => plan.state === 'planning' || plan.state === 'none')) return null;
  const able = traceable(group);
  if (able.length === 0) return VERDICTS.refused;
  if (groupObstacle(group, isCommand) !== null) {
    return { strong: 'One function', rest: ' at a time for a command', tone: 'warn' };
  }
  if (able.length < group.length) {
    return { strong: `${able.length} of ${group.length}`, rest: ' can be measured', tone: 'warn' };
  }
  const limited = able.some(({ plan }) => plan.state === 'planned' && plan.planned.plan.verdict === 'limited');
  return limited ? VERDICTS.limited : VERDICTS.safe;
}
