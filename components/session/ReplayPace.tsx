'use client';

import clsx from 'clsx';
import { useState } from 'react';
import { ask } from '../connection/socket.ts';

const SPEEDS = [1, 4, 16] as const;
/** Longer than any recording: all of it comes at once. */
const TO_THE_END = 86_400;

/** How fast a recording is replayed, for everyone who watches it. */
export function ReplayPace({ sessionId }: { readonly sessionId: string }) {
  const [speed, setSpeed] = useState<number>(1);
  const change = (next: number) => {
    setSpeed(next);
    void ask('replay:pace', { sessionId, speed: next, upTo: 0 });
  };
  return (
    <fieldset className="flex items-center max-md:hidden" aria-label="Speed of the replay">
      {SPEEDS.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === speed}
          onClick={() => change(choice)}
          className={clsx(
            'h-6 rounded-chip px-[6px] text-12',
            choice === speed ? 'font-medium text-text' : 'text-faint hover:text-text',
          )}
        >
          {choice}×
        </button>
      ))}
      <button
        type="button"
        onClick={() => void ask('replay:pace', { sessionId, speed, upTo: TO_THE_END })}
        className="h-6 rounded-chip px-[6px] text-12 text-faint hover:text-text"
      >
        to the end
      </button>
    </fieldset>
  );
}
