/** A page that joins late has the latest single calls at once and the earlier ones soon after. */
import { expect, test } from '@playwright/test';
import { isProblem } from '../../lib/problem.ts';
import { MOST_CALLS_A_PAGE } from '../../lib/protocol/gateway.ts';
import { ask } from './question.ts';
import { ALL, startReplay } from './replay.ts';

/** Single calls of the recording. */
const CALLS = 8713;

test('a page that joins after the end gets all single calls of the session', async ({ page }) => {
  await page.goto(await startReplay(page.context(), 'go-handle', { speed: 1, upTo: ALL }));
  const grid = page.getByRole('grid', { name: 'Calls', exact: true });
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS + 1));
  // The first call of all, which no snapshot brought along.
  await page.goto(`${page.url().split('?')[0]}?call=0`);
  await expect(grid).toHaveAttribute('aria-rowcount', String(CALLS + 1));
  await expect(page.getByTestId('details')).toBeVisible();
});

test('older calls are handed out in pages of a bounded size', async ({ page }) => {
  const path = await startReplay(page.context(), 'go-handle', { speed: 1, upTo: ALL });
  const { cookies } = await page.context().storageState();
  const server = { url: process.env.HEATPROBE_URL ?? '', cookies };
  const sessionId = path.split('/').at(-1) ?? '';
  await page.goto(path);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');
  const answer = await ask(server, 'calls:before', { sessionId, number: 500, limit: 200 });
  if (isProblem(answer)) throw new Error(answer.message);
  expect([answer.first, answer.oldest]).toEqual([300, 0]);
  // Binary: 200 rows of eight doubles.
  expect((answer.calls as unknown as Uint8Array).byteLength).toBe(200 * 64);
  const tooMany = await ask(server, 'calls:before', { sessionId, number: 500, limit: MOST_CALLS_A_PAGE + 1 });
  expect(isProblem(tooMany)).toBe(true);
  expect(isProblem(await ask(server, 'calls:before', { sessionId: 'none', number: 5, limit: 1 }))).toBe(true);
});
