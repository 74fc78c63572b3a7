/** A replayed recording for a test, at a pace of its own. */
import type { BrowserContext } from '@playwright/test';
import { isProblem } from '../../lib/problem.ts';
import type { ReplayPace } from '../../lib/protocol/gateway.ts';
import { ask } from './question.ts';

/** Seconds that no recording has. */
export const ALL = 86_400;

/** Starts a replay; resolves to the path of its page. */
export async function startReplay(context: BrowserContext, name: string, pace: ReplayPace): Promise<string> {
  const { cookies } = await context.storageState();
  const url = process.env.HEATPROBE_URL ?? '';
  const started = await ask({ url, cookies }, 'replay:start', { name, ...pace });
  if (isProblem(started)) throw new Error(started.message);
  return `/session/${started.sessionId}`;
}
