import type { EpochMillis, Nanoseconds } from '../units.ts';

/**
 * Writes moments of the boot clock as UTC with nanoseconds, `2026-11-22T14:02:58.213407001Z`. The boot clock is exact to
 * the nanosecond; how it relates to the wall clock is known to the millisecond.
 * @param wallOffset wall clock minus boot clock, whole milliseconds
 */
export function utcWriter(wallOffset: EpochMillis): (at: Nanoseconds) => string {
  let second = Number.NaN;
  let text = '';
  return (at) => {
    const whole = Math.floor(at / 1e6);
    const wall = wallOffset + whole;
    const now = Math.floor(wall / 1000);
    if (now !== second) {
      second = now;
      text = new Date(now * 1000).toISOString().slice(0, 19);
    }
    const rest = (wall - now * 1000) * 1e6 + (at - whole * 1e6);
    return `${text}.${String(rest).padStart(9, '0')}Z`;
  };
}
