/** Single calls that did not return: printed, in the kernel, where they are found to have been left behind or cut off. */
import { EPOCH } from './epoch.ts';
import type { ProgramSpec } from './spec.ts';

/** Calls printed of those that one event ends: all of up to so many, else so many at most, evenly spaced by depth. */
const SHOWN_AT_ONCE = 8;
const SHOWN_SHIFT = 3;

/** When so many of an epoch have been printed, the next event of the epoch prints none. */
export const DEAD_PER_EPOCH = 256;

/** Bits of a slot's tag below the goroutine's number: thread ids are below 2^22 (PID_MAX_LIMIT). */
const TID_BITS = 22;

/** The tag of an open call: who began it, goroutine * 2^22 + thread. */
export function tagOf(spec: ProgramSpec): string {
  if (spec.pairing === 'thread' || spec.goidOffset === null) return '(uint64)tid';
  return `(*(uint64*)uptr($w + ${spec.goidOffset}) << ${TID_BITS}) | (uint64)tid`;
}

/** Goroutine (0: unknown, or none) and thread of a tag. */
export function readTag(tag: number): { readonly goroutine: number; readonly tid: number } {
  const size = 2 ** TID_BITS;
  return { goroutine: Math.floor(tag / size), tid: tag % size };
}

/** How many of `dead` calls that one event ended are printed. */
export const shownOf = (dead: number): number => Math.ceil(dead / Math.max(1, Math.ceil(dead / SHOWN_AT_ONCE)));

/**
 * Prints the calls `$lo + 1` to `$n` of `$p`, `$w`, with an outcome of `CallField.outcome` as an expression:
 * `d <end> <start> <pid> <tid> <goroutine> <caller> <outcome> <ended with it>`.
 */
export function printDead({ byHand }: ProgramSpec, outcome: string): string {
  if (byHand) return '';
  return `      $end = (uint64)nsecs; $budget = @d[0];
      if (($budget >> 16) != $end / ${EPOCH}) { $budget = ($end / ${EPOCH}) << 16; }
      if (($budget & 65535) < ${DEAD_PER_EPOCH}) {
        $many = $n - $lo; $step = ($many + ${SHOWN_AT_ONCE - 1}) >> ${SHOWN_SHIFT}; $at = $lo + 1;
        unroll(${SHOWN_AT_ONCE}) {
          if ($at <= $n) {
            $q = @c[$p, $w, $at]; $budget = $budget + 1; $at = $at + $step;
            printf("d %llu %llu %llu %llu %llu %llu %llu %llu\\n", $end, $q.1, $p, (uint64)tid, $q.3 >> ${TID_BITS}, $q.2, ${outcome}, $many);
          }
        }
        @d[0] = $budget;
      }
`;
}
