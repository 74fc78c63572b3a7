'use client';

import { type SyntheticEvent, useState } from 'react';
import type { Answer, Failure } from '../connection/answer.ts';

export type OnDemand<Value> =
  | { readonly state: 'closed' | 'asking' }
  | { readonly state: 'there'; readonly value: Value }
  | { readonly state: 'failed'; readonly failure: Failure };

/** What is asked for when its details are opened the first time, and again when that failed. */
export function useOnDemand<Value>(question: () => Promise<Answer<Value>>): {
  readonly answer: OnDemand<Value>;
  readonly onToggle: (event: SyntheticEvent<HTMLDetailsElement>) => void;
} {
  const [answer, setAnswer] = useState<OnDemand<Value>>({ state: 'closed' });
  const onToggle = async ({ currentTarget }: SyntheticEvent<HTMLDetailsElement>): Promise<void> => {
    if (!currentTarget.open || answer.state === 'there' || answer.state === 'asking') return;
    setAnswer({ state: 'asking' });
    const found = await question();
    setAnswer(found.ok ? { state: 'there', value: found.value } : { state: 'failed', failure: found.failure });
  };
  return { answer, onToggle: (event) => void onToggle(event) };
}
