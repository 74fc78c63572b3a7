/** One dashboard for all browser tests, and a browser that is signed in to it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../../scripts/toolchain.mjs';
import { signIn, startDashboard } from './dashboard.ts';

export default async function startServer(): Promise<() => Promise<void>> {
  const dashboard = await startDashboard();
  const directory = join(cacheDirectory, 'browser');
  const state = join(directory, 'signed-in.json');
  mkdirSync(directory, { recursive: true });
  writeFileSync(state, JSON.stringify(await signIn(dashboard)));
  process.env.HEATPROBE_URL = dashboard.url;
  process.env.HEATPROBE_STATE = state;
  return async () => {
    await dashboard.stop();
  };
}
