/** What a return address is called, and how callers are ordered by name. */
import { address } from '../format/format.ts';
import type { Timeline } from '../timeline/timeline.ts';

type Names = Timeline['names'];

/** A caller as the filter names it: its readable name, or its address in hexadecimal. */
export const callerKey = (names: Pick<Names, 'get'>, caller: number): string => names.get(caller) ?? address(caller);

/** A caller for people. */
export const callerName = (names: Pick<Names, 'get'>, caller: number): string =>
  caller > 0 ? callerKey(names, caller) : 'unknown';

/** Longer names are told by their begin and a hash in an address: servers take a line of some kilobytes. */
const LONGEST_TOLD = 1000;
const TOLD_BEGIN = 200;

/** How an address tells a caller: by its name, of a very long one `std::map<std::b…#6c62272e07bb0142`. */
export function callerMark(name: string): string {
  if (name.length <= LONGEST_TOLD) return name;
  // Half of a character cannot be written in an address.
  const begin = name.slice(0, TOLD_BEGIN).replace(/[\ud800-\udbff]$/, '');
  return `${begin}…#${hash(name, 0x811c9dc5)}${hash(name, 0x01000193)}`;
}

/** Whether this is the wanted caller, which may be told by its mark. */
export const isCaller = (name: string, wanted: string): boolean =>
  name === wanted || (name.length > LONGEST_TOLD && wanted.includes('…#') && callerMark(name) === wanted);

/** FNV-1a over UTF-16 units, eight hexadecimal digits. */
function hash(text: string, basis: number): string {
  let value = basis;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}

export interface CallerRanks {
  /**
   * A number for each caller: first those without a name, by address, then the others in the order of their names;
   * equal names have the same. It never changes, so calls that were sorted by it stay sorted while more callers turn
   * up. Null when there is no number left between two neighbours: then begin anew.
   */
  readonly rankOf: (caller: number) => number | null;
}

/** Between two neighbours there is room for 36 more, however badly they come. */
const GAP = 2 ** 36;
/** Below the numbers of all names; addresses of user space are exact when added. */
const NAMELESS = -(2 ** 53);

export function callerRanks(names: Names): CallerRanks {
  const sorted = [...new Set(names.values())].sort(byCode);
  const ranks = sorted.map((_, at) => at * GAP);
  const ofCaller = new Map<number, number>();
  return {
    rankOf: (caller) => {
      const before = ofCaller.get(caller);
      if (before !== undefined) return before;
      const name = names.get(caller);
      const rank = name === undefined ? NAMELESS + caller : insert(sorted, ranks, name);
      if (rank !== null) ofCaller.set(caller, rank);
      return rank;
    },
  };
}

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function insert(sorted: string[], ranks: number[], name: string): number | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < name) low = middle + 1;
    else high = middle;
  }
  if (sorted[low] === name) return ranks[low] ?? null;
  const below = ranks[low - 1] ?? (ranks[low] ?? 0) - 2 * GAP;
  const above = ranks[low] ?? below + 2 * GAP;
  const rank = Math.floor((below + above) / 2);
  if (rank <= below || rank >= above) return null;
  sorted.splice(low, 0, name);
  ranks.splice(low, 0, rank);
  return rank;
}
