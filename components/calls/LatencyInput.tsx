'use client';

import clsx from 'clsx';
import { useEffect, useId, useState } from 'react';
import { latencyFromText, latencyToText } from '../../lib/calls/latency-text.ts';
import type { Nanoseconds } from '../../lib/units.ts';

interface Props {
  readonly label: string;
  readonly placeholder: string;
  /** Null: none. */
  readonly value: Nanoseconds | null;
  /** @returns why it cannot be; null when it was taken. */
  readonly onChange: (value: Nanoseconds | null) => string | null;
}

const UNREADABLE = 'A latency needs its unit: 250us, 1ms, 2.5s.';

/** One end of a range of latencies, taken on Enter or when it is left. */
export function LatencyInput({ label, placeholder, value, onChange }: Props) {
  const id = useId();
  const text = value === null ? '' : latencyToText(value);
  const [draft, setDraft] = useState(text);
  const [problem, setProblem] = useState<string | null>(null);
  // Changed elsewhere: by the chart, by a chip.
  useEffect(() => {
    setDraft(text);
    setProblem(null);
  }, [text]);
  const take = () => {
    if (draft.trim() === text) return setProblem(null);
    const latency = draft.trim() === '' ? null : latencyFromText(draft);
    if (latency === null && draft.trim() !== '') return setProblem(UNREADABLE);
    setProblem(onChange(latency));
  };
  return (
    <span className="relative">
      <input
        type="text"
        aria-label={label}
        placeholder={placeholder}
        value={draft}
        maxLength={24}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== null}
        aria-describedby={problem ? id : undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          if (event.key === 'Escape') {
            setDraft(text);
            setProblem(null);
          }
        }}
        className={clsx(
          'h-6 w-[112px] rounded-chip border bg-bg px-[6px] text-12 placeholder:text-faint',
          problem ? 'border-bad' : 'border-line',
        )}
      />
      {problem ? (
        <span
          id={id}
          role="alert"
          className="absolute top-full left-0 z-20 mt-1 rounded-chip border border-line bg-panel px-2 py-1 text-11 whitespace-nowrap text-bad"
        >
          {problem}
        </span>
      ) : null}
    </span>
  );
}
