/** A real dashboard for a test: started as a user would, on a free port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../scripts/toolchain.mjs';

export interface Dashboard {
  readonly pid: number;
  /** For example `http://localhost:40211`. */
  readonly url: string;
  /** The next sign-in link that was not handed out yet. The server prints a fresh one when one is used. */
  readonly link: () => Promise<string>;
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | NodeJS.Signals>;
}

const LINK = /http:\/\/\S+\/sign-in\?token=\S+/;

/** @param port 0: any that is free */
export async function startDashboard(env: Readonly<Record<string, string>> = {}, port = 0): Promise<Dashboard> {
  // Data of tests is none of the user's; it goes with the server, unless a test looks at it.
  const ownData = mkdtempSync(join(tmpdir(), 'heatprobe-data-'));
  const child = spawn(process.execPath, [join(root, 'dist/index.js'), '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', HEATPROBE_DATA: ownData, ...env },
  });
  child.once('exit', () => rmSync(ownData, { recursive: true, force: true }));
  const links: string[] = [];
  const waiting: ((link: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const found = LINK.exec(line)?.[0];
    if (!found) return;
    const next = waiting.shift();
    if (next) next(found);
    else links.push(found);
  });
  const link = (): Promise<string> => {
    const known = links.shift();
    return known ? Promise.resolve(known) : new Promise((resolve) => waiting.push(resolve));
  };
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => (code ?? signal) as number | NodeJS.Signals);
  const first = await Promise.race([
    link(),
    ended.then((how) => {
      throw new Error(`the dashboard ended with ${how} before it was ready`);
    }),
  ]);
  links.unshift(first);
  return {
    pid: child.pid ?? -1,
    url: new URL(first).origin,
    link,
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

/** Exchanges a link for its cookie, as a browser would; in the form that a browser context takes. */
export async function signIn(dashboard: Dashboard) {
  const response = await fetch(await dashboard.link(), { redirect: 'manual' });
  const [pair = ''] = (response.headers.get('set-cookie') ?? '').split(';');
  const [name = '', value = ''] = pair.split('=');
  const cookie = {
    name,
    value,
    domain: 'localhost',
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Lax' as const,
  };
  return { cookies: [cookie], origins: [] };
}
