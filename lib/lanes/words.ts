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
export function laneLabel({ kind, pid, who, packed }: Lane): string {
  if (who === OPEN_ONLY) return 'open';
  if (kind === 'process' || packed) return String(pid);
  return who === 0 ? '?' : String(who);
}

/** In a sentence: `goroutine 17 of process 4242`. */
export function laneName({ kind, pid, who, packed }: Lane): string {
  if (kind === 'process') return `process ${pid}`;
  if (who === OPEN_ONLY || packed) return `a ${NAMES[kind]} of process ${pid}`;
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
  const rows = slowest.lane.packed
    ? `${plural(lanes.length, 'row')} of packed ${MANY[kind]}`
    : `${count(lanes.length)} ${laneNoun(kind, lanes.length)}`;
  return `${rows}, ${plural(calls, 'call')} ${between}${before}; the slowest took ${duration(slowest.longest)}, in ${laneName(slowest.lane)}.`;
}

/** The title of the timeline, and why it is packed. */
export const lanesTitle = (kind: LaneKind, packed: boolean): string =>
  `Calls by ${NAMES[kind]}${packed ? ', packed' : ''}`;
export const packedWhy = (kind: LaneKind): string =>
  `Most ${MANY[kind]} here make one or two calls, or there are too many for a lane each: calls that do not overlap share a row. Point at a call to see whose it is.`;

/** `9,012 calls in 14 rows`, or `37 of 1,204 goroutines`; empty when there are no lanes. Of packed rows a filter leaves some. */
export function lanesCount(
  kind: LaneKind,
  { lanes, others, packed, earlier }: LaneLayout,
  isFiltered: boolean,
): string {
  const all = lanes.length + others;
  if (all === 0) return '';
  if (!packed) return `${count(lanes.length)} of ${count(all)} ${laneNoun(kind, all)}`;
  if (isFiltered) return `${count(lanes.length)} of ${plural(all, 'row')}`;
  const calls = lanes.reduce((sum, lane) => sum + lane.calls, earlier);
  return `${plural(calls, 'call')} in ${plural(lanes.length, 'row')}`;
}

interface Emptiness {
  readonly layout: Pick<LaneLayout, 'others' | 'filteredOut' | 'packed'>;
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
    layout.others > 0 && layout.packed
      ? ' There are calls at other times:'
      : layout.others > 0
        ? ` ${count(layout.others)} ${laneNoun(kind, layout.others)} have calls at other times:`
        : '';
  return `No single calls in this window.${elsewhere} ${elsewhere ? 'zoom' : 'Zoom'} out with s, or press 0 here to go back.`;
}
