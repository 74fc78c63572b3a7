import type { SessionHead } from '../protocol/session.ts';

const LONGEST = 80;

/**
 * `net-rpc.Client.Call-20261126-125454.calls.csv`: the function and when its trace began (UTC), in letters that every file
 * system and shell takes as they are; never a path, never hidden, never an option.
 * @param end the name of the format
 */
export function exportFileName(
  { subject, createdAt }: Pick<SessionHead, 'subject' | 'createdAt'>,
  end: string,
): string {
  const name = subject.symbol.demangled
    .replace(/[^A-Za-z0-9._]+/g, '-')
    .replace(/\.{2,}|-*\.-+|-+\./g, '.')
    .slice(0, LONGEST)
    .replace(/^[-.]+|[-.]+$/g, '');
  const began = new Date(createdAt).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${name || 'function'}-${began}.${end}`;
}
