import type { FormatName } from '../../lib/export/format-list.ts';

/** Where a session is a file of this format. */
export const exportHref = (sessionId: string, format: FormatName): string =>
  `/session/${encodeURIComponent(sessionId)}/export/${format}`;
