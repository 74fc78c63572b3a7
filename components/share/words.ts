import type { ShareInfo } from '../../lib/protocol/gateway.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import type { Switches } from '../../lib/share/switches.ts';

interface Named {
  readonly key: keyof Switches;
  readonly name: string;
}

const PATHS: Named = { key: 'paths', name: 'Paths of files' };
const USERS: Named = { key: 'users', name: 'User names' };
const HOST: Named = { key: 'hostName', name: 'Host name' };
const COMMAND: Named = { key: 'commandLine', name: 'Command line, and what it printed' };

/** What can be shown of a session besides the measurement. */
export const switchesOf = ({ command }: Pick<SessionHead, 'command'>): readonly Named[] =>
  command ? [COMMAND, PATHS, USERS, HOST] : [PATHS, USERS, HOST];

/** What a link shows besides the measurement, as a clause; empty when nothing. */
export function shownWords({ switches }: Pick<ShareInfo, 'switches'>): string {
  const names = [COMMAND, PATHS, USERS, HOST].filter(({ key }) => switches[key]).map(({ name }) => name);
  return names.length === 0 ? '' : `with ${names.join(', ').toLowerCase()}`;
}
