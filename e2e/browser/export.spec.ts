/** Taking a session out from its page: the menu, the files, and that they say what the page says. */
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Download, expect, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

test.beforeEach(async ({ page, context }) => {
  await page.goto(await startReplay(context, 'go-handle', { speed: 1, upTo: ALL }));
  await expect(page.getByTestId('histogram')).toHaveAttribute('aria-label', /8,713 calls/);
});

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
  await page.keyboard.press('Control+k');
  await page.keyboard.type('export single calls CSV');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const lines = (await textOf(download)).split('\r\n').filter((line) => /^\d/.test(line));
  expect(lines).toHaveLength(8713);
});

test('on a phone the menu is on the screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openMenu(page);
  const box = await menu(page).boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
