'use client';

import { age } from '../../lib/format/format.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { Chip } from '../ui/Chip.tsx';
import { useNow } from '../ui/useNow.ts';

interface Props {
  readonly live: LiveTimeline;
  readonly connected: boolean;
}

/** Without a tick for this long the picture is called stale; ticks come ten times a second. */
const STALE_AFTER_MS = 2000;

/** How far the picture is behind the process. */
export function Freshness({ live, connected }: Props) {
  useNow(500);
  const [silent, behind] = [live.silence(), live.age()];
  if (silent === null || behind === null) return null;
  if (!connected || silent > STALE_AFTER_MS) {
    return (
      <Chip tone="warn" testId="freshness">
        no news for {age(silent * 1e6)}
      </Chip>
    );
  }
  // Tens of milliseconds: more digits would only flicker.
  return <Chip testId="freshness">{Math.max(10, Math.round(behind / 10) * 10)} ms behind</Chip>;
}
