import { plural } from '../../lib/format/format.ts';
import type { PlanReport, Verdict } from '../../lib/protocol/plan.ts';

export interface VerdictWords {
  /** The word that carries the colour, then the rest. */
  readonly strong: string;
  readonly rest: string;
  readonly tone: 'good' | 'warn' | 'bad';
}

export const VERDICTS: Readonly<Record<Verdict, VerdictWords>> = {
  safe: { strong: 'Safe', rest: ' to measure', tone: 'good' },
  limited: { strong: 'Safe', rest: ' within limits', tone: 'warn' },
  refused: { strong: 'Refused', rest: '', tone: 'bad' },
};

export const TONES = { good: 'text-good', warn: 'text-warn', bad: 'text-bad' } as const;

/** `safe · 2 exits`, for a chip. */
export function shortVerdict({ verdict, exits }: Pick<PlanReport, 'verdict' | 'exits'>): string {
  const word = { safe: 'safe', limited: 'within limits', refused: 'refused' }[verdict];
  return verdict === 'refused' ? word : `${word} · ${plural(exits.length, 'exit')}`;
}
