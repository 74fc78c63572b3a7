/** The lanes in words, for those who do not see them. */
import { clockSeconds, count, duration, plural } from '../format/format.ts';
import type { EpochMillis } from '../units.ts';
import type { LaneKind } from '../view/state.ts';
import type { Lane } from './lane.ts';
import type { LaneCalls } from './lane-list.ts';
import type { LaneLayout } from './layout.ts';
import { OPEN_ONLY } from './open.ts';

const NAMES: Readonly<Record<LaneKind, string>> = { thread: 'thread', goroutine: 'goroutine', process: 'process' };
const MANY: Readonly<Record<LaneKind, string>> = { thread: 'threads', goroutine: 'goroutines', process: 'processes' };

export const laneNoun = (kind: LaneKind, amount: number): string => (amount === 1 ? NAMES : MANY)[kind];

/** In the margin, where the title says of what it is the id: `17`, `4242`. */
export function laneLabel({ kind, pid, who }: Lane): string {
  if (who === OPEN_ONLY) return 'open';
  if (who < 0) return 'others';
  if (kind === 'process') return String(pid);
  return who === 0 ? '?' : String(who);
}

/** In a sentence: `goroutine 17 of process 4242`. */
export function laneName({ kind, pid, who }: Lane): string {
  if (kind === 'process') return `process ${pid}`;
  if (who === OPEN_ONLY) return `a goroutine of process ${pid}`;
  if (who < 0) return `other ${MANY[kind]} of process ${pid}`;
  return `${who === 0 ? `unknown ${MANY[kind]}` : `${NAMES[kind]} ${who}`} of process ${pid}`;
}

/** `37 goroutines, 12,345 calls between 14:00:00 and 14:01:00; the slowest took 3.00 s, in goroutine 17 of process 4242.` */
export function lanesWords(
  kind: LaneKind,
  { lanes, window, earlier }: Pick<LaneLayout, 'lanes' | 'window' | 'earlier'>,
  wallOffset: EpochMillis,
): string {
  const clock = (time: number) => clockSeconds(wallOffset + time / 1e6);
  const between = `between ${clock(window.from)} and ${clock(window.to)}`;
  const slowest = lanes.reduce<LaneCalls | null>(
    (most, lane) => (most && most.longest >= lane.longest ? most : lane),
    null,
  );
  if (!slowest) return `No single calls ${between}.`;
  const calls = lanes.reduce((sum, lane) => sum + lane.calls, earlier);
  const before = earlier > 0 ? ` (${count(earlier)} of them before the first tick)` : '';
  return `${count(lanes.length)} ${laneNoun(kind, lanes.length)}, ${plural(calls, 'call')} ${between}${before}; the slowest took ${duration(slowest.longest)}, in ${laneName(slowest.lane)}.`;
}

interface Emptiness {
  readonly layout: Pick<LaneLayout, 'others' | 'filteredOut'>;
  /** Single calls that there are, in whatever window. */
  readonly kept: number;
  readonly running: boolean;
  readonly isIndexed: boolean;
  readonly kind: LaneKind;
}

/** Why there is nothing on the timeline, and what to do about it. */
export function emptyLanesWords({ layout, kept, running, isIndexed, kind }: Emptiness): string {
  if (kept === 0) return running ? 'No single calls yet.' : 'No single calls were seen.';
  if (!isIndexed) return `Sorting ${plural(kept, 'call')} into lanes.`;
  if (layout.filteredOut > 0)
    return `None of the ${plural(layout.filteredOut, 'call')} in this window match the filter.`;
  const elsewhere =
    layout.others > 0 ? ` ${count(layout.others)} ${laneNoun(kind, layout.others)} have calls at other times:` : '';
  return `No single calls in this window.${elsewhere} ${elsewhere ? 'zoom' : 'Zoom'} out with s, or press 0 here to go back.`;
}
