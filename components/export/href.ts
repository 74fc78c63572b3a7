import type { FormatName } from '../../lib/export/format-list.ts';
import { shareIdIn } from '../../lib/share/address.ts';

/** Where a session is a file of this format; on the page of a share, what the share shows of it. In the browser only. */
export function exportHref(sessionId: string, format: FormatName): string {
  const share = shareIdIn(window.location.pathname);
  return `${share === null ? `/session/${encodeURIComponent(sessionId)}` : `/s/${share}`}/export/${format}`;
}
