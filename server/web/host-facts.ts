import { hostname, userInfo } from 'node:os';
import type { HostFacts } from '../../lib/share/visible.ts';

/** What of this host could be in a sentence; also who called through sudo. */
export const HOST: HostFacts = {
  hostName: hostname(),
  users: [...new Set([userInfo().username, process.env.SUDO_USER ?? ''])].filter((name) => name !== ''),
};
