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

test('charts are taken out as they are shown: drawings that say what they show, and pictures of these', async ({
  page,
}) => {
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
