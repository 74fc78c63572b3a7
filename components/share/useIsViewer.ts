'use client';

import { usePathname } from 'next/navigation';
import { shareIdIn } from '../../lib/share/address.ts';

/** Whether this page was opened with a link: then it shows, and offers nothing that the server would refuse. */
export function useIsViewer(): boolean {
  return shareIdIn(usePathname() ?? '') !== null;
}
