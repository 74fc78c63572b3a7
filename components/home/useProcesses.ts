'use client';

import { useRef } from 'react';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import type { Failure } from '../connection/answer.ts';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { keepOrder } from './process-rows.ts';

const REFRESH_MS = 3000;
const question = () => ask('processes:list', null);

export interface Processes {
  readonly processes: readonly ProcessInfo[] | null;
  readonly failure: Failure | null;
}

/** The running processes, renewed every three seconds without moving those already shown. */
export function useProcesses(): Processes {
  const { value, failure } = useAnswer(question, REFRESH_MS);
  const order = useRef<readonly number[]>([]);
  const sorted = value ? keepOrder(order.current, value) : null;
  // The first listing knows no CPU use yet; only an order made with it is worth keeping.
  if (sorted?.some(({ cpuPercent }) => cpuPercent !== null)) order.current = sorted.map(({ pid }) => pid);
  return { processes: sorted, failure };
}
