/**
 * A secret of whoever runs the server, for programs of theirs that have no browser to sign in with: `heatprobe export`, and
 * Prometheus (`authorization: credentials_file`). It lets them read exports and metrics and nothing else. It stays the same
 * when the server is started anew.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { openDirectory } from '../store/directory.ts';

/** Where the secret is, for its user alone. */
export const readTokenFile = (data: string): string => join(data, 'access', 'read-token');

/** The secret, made when there is none yet; null and a line on stderr where it cannot be kept. */
export function ownReadToken(data: string): string | null {
  const file = readTokenFile(data);
  try {
    openDirectory(data, 'access');
    if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
    return readFileSync(file, 'utf8').trim() || null;
  } catch (error) {
    process.stderr.write(
      `heatprobe: ${file} cannot be used (${error instanceof Error ? error.message : String(error)}), so heatprobe export and Prometheus are not let in.\n`,
    );
    return null;
  }
}

/** Whether a request brings the secret: `Authorization: Bearer ...`. */
export function bringsToken({ headers }: Pick<IncomingMessage, 'headers'>, token: string | null): boolean {
  const [, told = ''] = /^bearer ([\w-]+)$/i.exec(headers.authorization ?? '') ?? [];
  const [left, right] = [Buffer.from(told), Buffer.from(token ?? '')];
  return token !== null && left.length === right.length && timingSafeEqual(left, right);
}
