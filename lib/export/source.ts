/** What an export is made from. */
import type { SessionHead } from '../protocol/session.ts';
import { CALLS_KEPT } from '../timeline/calls.ts';
import type { Timeline } from '../timeline/timeline.ts';

export interface SessionSource {
  readonly head: SessionHead;
  /** Must not change while the export is read: see `frozen`. */
  readonly timeline: Timeline;
}

export interface ExportSource extends SessionSource {
  /** Version of heatprobe. */
  readonly heatprobe: string;
}

/**
 * A timeline that stays as it is now while the other goes on, if it does. Columns of calls are copied only where later
 * calls would be written over them, which is in a full ring (45 MB); before that they are added behind, or to new columns.
 */
export function frozen(timeline: Timeline, goesOn: boolean): Timeline {
  const { calls, histogram, fine, coarse, names, alarms } = timeline;
  const isWrittenOver = goesOn && calls.mask + 1 >= CALLS_KEPT;
  return {
    ...timeline,
    histogram: histogram.slice(),
    fine: [...fine],
    coarse: [...coarse],
    names: new Map(names),
    alarms: [...alarms],
    calls: isWrittenOver
      ? {
          ...calls,
          start: calls.start.slice(),
          duration: calls.duration.slice(),
          pid: calls.pid.slice(),
          tid: calls.tid.slice(),
          goroutine: calls.goroutine.slice(),
          caller: calls.caller.slice(),
          standsFor: calls.standsFor.slice(),
          outcome: calls.outcome.slice(),
        }
      : { ...calls },
  };
}
