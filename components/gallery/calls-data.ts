/** Single calls with something to find out: why slow ones are slow, other endings, names longer than any screen. */
import { CALL_STRIDE, CallField, type Tick } from '../../lib/protocol/tick.ts';
import { emptyTimeline, foldTick, type Timeline } from '../../lib/timeline/timeline.ts';
import { SCENARIOS } from './scenarios.ts';
import { ticks } from './ticks.ts';

const GET = 0x4a1f30;
const SLOW = 1e7;
/** As a compiler makes them of templates within templates. */
const LONG_NAME = `std::map<${'std::vector<std::pair<std::string, '.repeat(113)}long${'>>'.repeat(60)}>::find+0x2a`;

/** Most slow calls come from one caller; one in fifty ends in another way. */
function withReasons(tick: Tick): Tick {
  const calls = tick.calls.slice();
  for (let at = 0; at < calls.length; at += CALL_STRIDE) {
    const slow = (calls[at + CallField.duration] ?? 0) >= SLOW;
    const lot = Math.floor((calls[at + CallField.start] ?? 0) / 1000) % 50;
    if (slow && lot % 10 !== 0) calls[at + CallField.caller] = GET;
    if (slow && lot < 30) calls[at + CallField.tid] = 15_447;
    if (lot === 7) calls[at + CallField.outcome] = 1;
  }
  return { ...tick, calls };
}

export function callsTimeline({ longNames }: { readonly longNames: boolean }): Timeline {
  const timeline = emptyTimeline();
  for (const tick of ticks({ ...SCENARIOS['two speeds and rare slow calls'], ticks: 900 }))
    foldTick(timeline, withReasons(tick));
  if (longNames) timeline.names.set(GET, LONG_NAME);
  return timeline;
}
