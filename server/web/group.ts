import { quantile } from '../../lib/latency/histogram.ts';
import type { GroupMember } from '../../lib/protocol/gateway.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { columnsBetween } from '../../lib/timeline/columns.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import { histogramOf } from '../../lib/view/select.ts';
import type { TimeWindow } from '../../lib/view/state.ts';
import { toBoot, viewedTime } from '../../lib/view/window.ts';

interface Member {
  readonly head: SessionHead;
  readonly timeline: Timeline;
}

/** A session's figures for what the page of another one of its group looks at. */
export function memberOf(member: Member, asking: Member, window: TimeWindow, running: boolean): GroupMember {
  const { head, timeline } = member;
  const range = window.kind === 'fixed' ? toBoot(window, asking.timeline) : viewedTime(window, timeline, running);
  const columns = columnsBetween(timeline, range);
  const histogram = histogramOf(columns);
  const returned = histogram.reduce((sum, count) => sum + count, 0);
  // What is not traced yet or any more must not thin the rate.
  const seconds = columns.reduce((sum, { from, to }) => sum + to - from, 0) / 1e9;
  return {
    id: head.id,
    symbol: head.subject.symbol,
    state: head.status.state,
    from: timeline.from,
    p99: returned === 0 ? null : quantile(histogram, 0.99),
    rate: seconds === 0 ? null : returned / seconds,
  };
}
