'use client';

import { useRouter } from 'next/navigation';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { againOf } from '../../lib/targets/again.ts';
import { selectionToUrl } from '../home/selection-url.ts';
import { want } from '../home/wanted.ts';

/** Goes to the home page with the same target and function chosen: what it costs is said again before Start. */
export function useTraceAgain(head: SessionHead): () => void {
  const router = useRouter();
  return () => {
    const again = againOf(head);
    if (again.kind === 'entry') want(again.entry);
    router.push(again.kind === 'entry' ? '/' : `/${selectionToUrl(again)}`);
  };
}
