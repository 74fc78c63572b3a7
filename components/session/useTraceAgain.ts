'use client';

import { useRouter } from 'next/navigation';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { againOf } from '../../lib/targets/again.ts';
import { want } from '../home/wanted.ts';

/** Goes to the home page with the same target and function chosen: what it costs is said again before Start. */
export function useTraceAgain(head: SessionHead): () => void {
  const router = useRouter();
  return () => {
    const { entry, place } = againOf(head);
    want(entry, place);
    router.push('/');
  };
}
