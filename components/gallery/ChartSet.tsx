import type { SessionHead } from '../../lib/protocol/session.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { SessionBody } from '../session/SessionView.tsx';
import { ViewProvider } from '../session/view.tsx';

/** A whole session without its header. */
export function ChartSet({ live, head }: { readonly live: LiveTimeline; readonly head: SessionHead }) {
  return (
    <ViewProvider inAddress={false}>
      <div className="flex flex-col">
        <SessionBody head={head} live={live} failure={null} />
      </div>
    </ViewProvider>
  );
}
