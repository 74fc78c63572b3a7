/**
 * The pictures of the README: `npx tsx e2e/browser/screenshots.ts`, after a build.
 *
 * The session page replays a recording of a real trace, so it needs no privileges. The home page shows the plan of
 * the demo, for which binaries are read but nothing is traced.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { root } from '../../scripts/toolchain.mjs';
import { type Dashboard, signIn, startDashboard } from './dashboard.ts';

const FOLDER = join(root, 'public/screenshots');
const VIEWPORT = { width: 1440, height: 900 };
const RECORDING = 'A Go service';
/** Calls on the heat map, at about 290 a second: 25 s of the recording. */
const CALLS = 7300;
const PATIENCE_MS = 90_000;

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const dashboard = await startDashboard();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await openPage(browser, dashboard);
    await takeHome(page);
    await takeSession(page);
  } finally {
    await browser.close();
    await dashboard.stop();
  }
}

async function openPage(browser: Browser, dashboard: Dashboard): Promise<Page> {
  const context = await browser.newContext({
    storageState: await signIn(dashboard),
    baseURL: dashboard.url,
    viewport: VIEWPORT,
    colorScheme: 'dark',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
}

async function takeHome(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByTestId('demo').click();
  await page.getByTestId('plan-card').waitFor();
  await page.locator('main[data-status="idle"]').waitFor();
  await take(page, 'home');
}

async function takeSession(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByTestId('recording').filter({ hasText: RECORDING }).click();
  await page.locator('main[data-status="tracing"]').waitFor();
  await page.waitForFunction(
    (wanted) => {
      const label = document.querySelector('[data-testid="heat-map"]')?.getAttribute('aria-label') ?? '';
      return Number((/([\d,]+) calls/.exec(label)?.[1] ?? '0').replaceAll(',', '')) >= wanted;
    },
    CALLS,
    { timeout: PATIENCE_MS },
  );
  await take(page, 'session-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-theme="light"]').waitFor();
  await take(page, 'session-light');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.locator('main[data-status="ended"]').waitFor();
}

/** Canvases follow the page by a frame, charts by two. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

await main();
