'use client';

import { useEffect, useState } from 'react';
import type { Planned } from '../../lib/protocol/gateway.ts';
import type { Failure } from '../connection/answer.ts';
import { ask } from '../connection/socket.ts';

export type PlanState =
  | { readonly state: 'none' }
  | { readonly state: 'planning' }
  | { readonly state: 'planned'; readonly planned: Planned }
  | { readonly state: 'failed'; readonly failure: Failure };

/** The safety and cost card of the chosen function; asked anew for each choice. */
export function usePlan(binaryId: string | null, symbolId: number | null): PlanState {
  const [answered, setAnswered] = useState<{ readonly key: string; readonly plan: PlanState } | null>(null);
  const key = binaryId === null || symbolId === null ? null : `${binaryId} ${symbolId}`;
  useEffect(() => {
    if (key === null || binaryId === null || symbolId === null) return;
    let current = true;
    void ask('plan:make', { binaryId, symbolId }).then((answer) => {
      if (!current) return;
      setAnswered({
        key,
        plan: answer.ok ? { state: 'planned', planned: answer.value } : { state: 'failed', failure: answer.failure },
      });
    });
    return () => {
      current = false;
    };
  }, [key, binaryId, symbolId]);
  if (key === null) return { state: 'none' };
  return answered?.key === key ? answered.plan : { state: 'planning' };
}
