/** Where heatprobe keeps what must outlive its process: sessions, shares. Nobody but its user may read it. */
import { chmodSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the user as whom this process runs. */
  readonly home: string;
}

const OWNER_ONLY = 0o700;

/**
 * The data directory: what was asked for (`--data`), else `HEATPROBE_DATA`, else heatprobe's own place among the user's
 * data (XDG base directories). After root was given up: under sudo the environment may still be that of root.
 */
export function dataDirectory(asked: string | null, { env, home }: Surroundings = here()): string {
  if (asked) return resolve(asked);
  if (env.HEATPROBE_DATA) return resolve(env.HEATPROBE_DATA);
  // The specification ignores paths that are not absolute.
  const data = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : join(home, '.local/share');
  return join(data, 'heatprobe');
}

/** Makes a directory inside the data directory, for its user alone. Throws what the file system says. */
export function openDirectory(data: string, name: string): string {
  const path = join(data, name);
  mkdirSync(path, { recursive: true, mode: OWNER_ONLY });
  chmodSync(path, OWNER_ONLY);
  return path;
}

function here(): Surroundings {
  return { env: process.env, home: userInfo().homedir };
}
