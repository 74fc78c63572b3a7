/** What a recording holds, in figures: summed up while it is written, or from what was written. */
import type { StoredFigures } from '../../lib/protocol/library.ts';
import type { Tick } from '../../lib/protocol/tick.ts';

export const NO_FIGURES: StoredFigures = {
  ticks: 0,
  entered: 0,
  returned: 0,
  calls: 0,
  duration: 0,
  endedAt: null,
  bytes: 0,
};

/** With one more tick, which brings so many single calls. */
export function withTick(
  before: StoredFigures,
  { seq, span, wallAt, totals }: Pick<Tick, 'seq' | 'span' | 'wallAt' | 'totals'>,
  calls: number,
): StoredFigures {
  return {
    ...before,
    ticks: seq,
    entered: totals.entered,
    returned: totals.returned,
    calls: before.calls + calls,
    duration: before.duration + span,
    endedAt: wallAt,
  };
}
