'use client';

import { useRef } from 'react';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import type { Failure } from '../connection/answer.ts';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { held as heldOrder, type ListedProcess, type ProcessSort, sorted } from './process-order.ts';

const REFRESH_MS = 2500;
/** Use of the CPU is known from the second list on, so that one comes soon. */
const SECOND_MS = 1100;
const question = () => ask('processes:list', null);

export interface Processes {
  /** Null until the first answer. */
  readonly processes: readonly ProcessInfo[] | null;
  readonly failure: Failure | null;
}

/** The running processes, asked for once; none when they cannot be listed. */
export async function processesNow(): Promise<readonly ProcessInfo[]> {
  const answer = await question();
  return answer.ok ? answer.value : [];
}

/** The running processes, renewed every 2.5 seconds. */
export function useProcesses(): Processes {
  const waiting = useRef(true);
  const { value, failure } = useAnswer(question, waiting.current ? SECOND_MS : REFRESH_MS);
  waiting.current = !value?.some(({ cpu }) => cpu !== null);
  return { processes: value, failure };
}

/** The processes in the order asked for; while the list is held each row keeps its place. */
export function useListed(
  processes: readonly ProcessInfo[] | null,
  sort: ProcessSort,
  held: boolean,
): readonly ListedProcess[] {
  const last = useRef<Listing>({ processes: null, sort, listed: [] });
  const before = last.current;
  if (processes && (before.processes !== processes || before.sort !== sort)) {
    // The first list knows no use of the CPU; an order by it that is kept would be none.
    const keep = held && before.sort === sort && before.listed.some(({ cpu }) => cpu !== null);
    const listed = keep ? heldOrder(before.listed, processes, sort) : sorted(processes, sort);
    last.current = { processes, sort, listed };
  }
  return last.current.listed;
}

interface Listing {
  readonly processes: readonly ProcessInfo[] | null;
  readonly sort: ProcessSort;
  readonly listed: readonly ListedProcess[];
}
