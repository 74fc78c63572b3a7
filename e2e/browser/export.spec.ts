/** Taking a session out from its page: the menu, the files, and that they say what the page says. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { type Download, expect, type Page, test } from '@playwright/test';
import { isProblem } from '../../lib/problem.ts';
import { root } from '../../scripts/toolchain.mjs';
import { signIn, startDashboard } from './dashboard.ts';
import { ask } from './question.ts';
import { ALL, startReplay } from './replay.ts';

const RECORDING = 'go-handle';

async function openSession(page: Page): Promise<void> {
  await page.goto(await startReplay(page.context(), RECORDING, { speed: 1, upTo: ALL }));
  await expect(page.getByTestId('histogram')).toHaveAttribute('aria-label', /8,713 calls/);
}

const menu = (page: Page) => page.getByTestId('export-menu');

async function openMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(menu(page)).toBeVisible();
}

async function textOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8');
}

/** The sum of the last column of a CSV. */
const sumOf = (csv: string): number =>
  csv
    .split('\r\n')
    .filter((line) => /^\d/.test(line))
    .reduce((sum, line) => sum + Number(line.split(',').at(-1)), 0);

test('a file from the menu has the calls of the page, and the function in its name', async ({ page }) => {
  await openSession(page);
  await openMenu(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    menu(page)
      .getByRole('menuitem', { name: /Histogram, CSV/ })
      .click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^main\.handle-\d{8}-\d{6}\.histogram\.csv$/);
  const text = await textOf(download);
  expect(text).toContain('# function: main.handle\r\n');
  expect(sumOf(text)).toBe(8713);
  await expect(menu(page)).toHaveCount(0);
  await expect(page.locator('main')).toHaveAttribute('data-status', /tracing|ended/);
});

test('the menu works by keyboard, gives the focus back, and axe finds nothing', async ({ page }) => {
  await openSession(page);
  const button = page.getByRole('button', { name: 'Export', exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
  const items = menu(page).getByRole('menuitem');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(items.last()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(items.nth(1)).toBeFocused();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('[data-testid=export-menu]').analyze();
    expect(violations).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('the palette has the same exports', async ({ page }) => {
  await openSession(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('export single calls CSV');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const lines = (await textOf(download)).split('\r\n').filter((line) => /^\d/.test(line));
  expect(lines).toHaveLength(8713);
});

test('on a phone, where there is no room for a button, the palette has them', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openSession(page);
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: /command/i }).click();
  await page.keyboard.type('export histogram csv');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(sumOf(await textOf(download))).toBe(8713);
});

test('charts are taken out as they are shown: drawings that say what they show, and pictures of these', async ({
  page,
}) => {
  await openSession(page);
  const take = async (name: RegExp): Promise<Download> => {
    await openMenu(page);
    const item = menu(page).getByRole('menuitem', { name });
    const [download] = await Promise.all([page.waitForEvent('download'), item.click()]);
    return download;
  };
  for (const chart of ['Heat map', 'Histogram']) {
    const drawing = await textOf(await take(new RegExp(`${chart}, SVG`)));
    const said = await page.evaluate((text) => {
      const found = new DOMParser().parseFromString(text, 'image/svg+xml');
      return [found.querySelector('parsererror')?.textContent, found.documentElement.textContent];
    }, drawing);
    expect(said[0]).toBeUndefined();
    expect(said[1]).toMatch(/main\.handle.*8,713 calls/s);
    const picture = await take(new RegExp(`${chart}, PNG`));
    expect(picture.suggestedFilename()).toMatch(/^main\.handle-\d{8}-\d{6}\.(heat-map|histogram)\.png$/);
    const bytes = readFileSync(await picture.path());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    // Twice the size of the drawing, and not empty.
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([chart === 'Heat map' ? 2400 : 1600, 1120]);
    expect(bytes.length).toBeGreaterThan(20_000);
  }
});

test('a picture has the colours of the theme, and the time that is looked at', async ({ page }) => {
  await openSession(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${page.url()}?w=0-10000000000`);
  await expect(page.getByTestId('histogram')).toHaveAttribute('aria-label', /calls/);
  await openMenu(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    menu(page)
      .getByRole('menuitem', { name: /Heat map, SVG/ })
      .click(),
  ]);
  const drawing = await textOf(download);
  expect(drawing).toContain('fill="#fbfbfc"');
  const words = await page.getByTestId('heat-map').getAttribute('aria-label');
  expect(drawing).toContain(`<desc>${words}</desc>`);
});

test('whoever has a link takes out the same, without what the link hides', async ({ page, browser }) => {
  await openSession(page);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy a new link' }).click();
  const link = await page.getByTestId('new-link').inputValue();
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const viewer = await context.newPage();
  await viewer.goto(link);
  await openMenu(viewer);
  const [download] = await Promise.all([
    viewer.waitForEvent('download'),
    menu(viewer)
      .getByRole('menuitem', { name: /Histogram, CSV/ })
      .click(),
  ]);
  const text = await textOf(download);
  expect(sumOf(text)).toBe(8713);
  expect(text).toContain('# binary: spin\r\n');
  await context.close();
});

test('without a browser: the command line and Prometheus read with the token of their user, and it outlives the server', async () => {
  const env = { HEATPROBE_DATA: mkdtempSync(join(tmpdir(), 'heatprobe-data-')) };
  for (const round of ['first', 'after a restart']) {
    const dashboard = await startDashboard(env);
    const { url } = dashboard;
    const { cookies } = await signIn(dashboard);
    const started = await ask({ url, cookies }, 'replay:start', { name: RECORDING, speed: 1, upTo: 20 });
    if (isProblem(started)) throw new Error(started.message);
    const run = (session: string) =>
      promisify(execFile)(
        process.execPath,
        [join(root, 'dist/cli.js'), 'export', '--session', session, '--format', 'histogram.csv', '--server', url],
        { env: { ...process.env, ...env } },
      );
    const { stdout } = await run(started.sessionId);
    expect(stdout, round).toContain('# function: main.handle\r\n');
    expect(sumOf(stdout)).toBeGreaterThan(4000);
    await expect(run('none')).rejects.toMatchObject({ code: 3, stderr: expect.stringContaining(started.sessionId) });
    const token = readFileSync(join(env.HEATPROBE_DATA, 'access', 'read-token'), 'utf8');
    const metrics = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect(await metrics.text()).toMatch(
      /heatprobe_call_duration_seconds_count\{[^\n]*function="main.handle"[^\n]*\} \d{4}\n/,
    );
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    await dashboard.stop();
  }
});
