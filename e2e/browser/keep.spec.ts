/** Sessions outlive the server: ended in order, or killed in the middle of a trace. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { cacheDirectory } from '../../scripts/toolchain.mjs';
import { whyNoUprobes } from '../../scripts/uprobes.mjs';
import { type Dashboard, signIn, startDashboard } from './dashboard.ts';

const reason = whyNoUprobes();
test.skip(reason !== undefined && process.env.REQUIRE_BPF !== '1', `no probes here: ${reason}`);

const returned = (page: Page) => page.getByTestId('figure-returned').locator('dd');
const number = async (page: Page): Promise<number> =>
  Number(((await returned(page).textContent()) ?? '').replaceAll(/[^\d]/g, ''));

async function pageOf(browser: Browser, dashboard: Dashboard): Promise<Page> {
  const context = await browser.newContext({ storageState: await signIn(dashboard), baseURL: dashboard.url });
  return context.newPage();
}

async function traceDemo(page: Page): Promise<string> {
  await page.goto('/');
  await page.getByTestId('demo').click();
  await page.getByTestId('start').click();
  await page.waitForURL(/\/session\//);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing', { timeout: 60_000 });
  await expect.poll(() => number(page), { timeout: 30_000 }).toBeGreaterThan(20);
  return new URL(page.url()).pathname;
}

test('a session that was stopped is the same after a restart, to the call, and in the list', async ({ browser }) => {
  const data = { HEATPROBE_DATA: mkdtempSync(join(cacheDirectory, 'data-')) };
  const first = await startDashboard(data);
  const page = await pageOf(browser, first);
  const path = await traceDemo(page);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended', { timeout: 30_000 });
  const calls = await number(page);
  const ending = await page.getByTestId('outcome').textContent();
  await page.context().close();
  await first.stop();

  const second = await startDashboard(data);
  try {
    const again = await pageOf(browser, second);
    // Also for whoever never opens the page.
    const csv = await again.request.get(`${path}/export/calls.csv`);
    expect(csv.status(), await csv.text()).toBe(200);
    await again.goto('/sessions');
    const row = again.getByTestId('session-row');
    await expect(row).toHaveCount(1);
    await expect(row).toContainText('ended');
    await row.getByRole('link').click();
    await again.waitForURL(`**${path}`);
    await expect(again.locator('main')).toHaveAttribute('data-status', 'ended');
    expect(await number(again)).toBe(calls);
    expect(await again.getByTestId('outcome').textContent()).toBe(ending);
    await expect(again.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-9]\d* calls/);
    await again.context().close();
  } finally {
    await second.stop();
  }
});

test('a server that is killed in the middle of a trace leaves what it had measured, and where it ends', async ({
  browser,
}) => {
  const data = { HEATPROBE_DATA: mkdtempSync(join(cacheDirectory, 'data-')) };
  const first = await startDashboard(data);
  const page = await pageOf(browser, first);
  const path = await traceDemo(page);
  const seen = await number(page);
  await first.stop('SIGKILL');
  await page.context().close();

  const second = await startDashboard(data);
  try {
    const again = await pageOf(browser, second);
    await again.goto(path);
    await expect(again.getByTestId('outcome')).toContainText('The recording ends at');
    expect(await number(again)).toBeGreaterThanOrEqual(seen);
    await again.goto('/sessions');
    await expect(again.getByTestId('session-row')).toContainText('cut off');
    await again.context().close();
  } finally {
    await second.stop();
  }
});
