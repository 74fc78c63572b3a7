'use client';

import { plural } from '../../lib/format/format.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';

interface Props {
  readonly head: SessionHead;
  readonly live: LiveTimeline;
}

/** Single calls as spans, a lane for each thread, goroutine or process. */
export function Lanes({ head, live }: Props) {
  useVersion(live, 4);
  const { calls } = live.current();
  return (
    <ChartFrame
      title={head.subject.language === 'go' ? 'Calls by goroutine' : 'Calls by thread'}
      className="h-[240px] border-t border-line md:h-auto md:border-r"
      tools={<span className="text-11 text-faint">{plural(calls.next - calls.first, 'single call')}</span>}
    >
      {null}
    </ChartFrame>
  );
}
