/** A long name in two parts: the first is cut where there is no room, the last stays. */
import { cloneSuffixAt } from '../../lib/binary/clone.ts';

/** Shorter names need no cut in any column. */
const SHORT = 28;
const TAIL = 14;
/** A compiler's suffix is all that tells copies of a function apart: it stays whole up to this length. */
const LONGEST_TAIL = 32;
/** Nobody reads further in a row, and thousands of letters would make it slow to draw. */
const LONGEST_HEAD = 240;

export interface Halves {
  readonly head: string;
  /** Empty for a short name. */
  readonly tail: string;
  /** Where the tail begins in the name. */
  readonly tailFrom: number;
}

export function halves(name: string): Halves {
  if (name.length <= SHORT) return { head: name, tail: '', tailFrom: name.length };
  const suffix = name.length - cloneSuffixAt(name);
  const tailFrom = name.length - (suffix > 0 ? Math.min(suffix, LONGEST_TAIL) : TAIL);
  const head = tailFrom > LONGEST_HEAD ? `${name.slice(0, LONGEST_HEAD)}…` : name.slice(0, tailFrom);
  return { head, tail: name.slice(tailFrom), tailFrom };
}
