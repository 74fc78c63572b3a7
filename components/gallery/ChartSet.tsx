import type { SessionHead } from '../../lib/protocol/session.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { SessionBody } from '../session/SessionView.tsx';

/** A whole session without its header. */
export function ChartSet({ live, head }: { readonly live: LiveTimeline; readonly head: SessionHead }) {
  return (
    <div className="flex flex-col md:h-[800px]">
      <SessionBody head={head} live={live} failure={null} />
    </div>
  );
}
