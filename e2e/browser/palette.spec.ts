/** The command palette and the keys: found by typing, never in the way of typing, and the focus comes back. */
import { expect, type Page, test } from '@playwright/test';
import { startReplay } from './replay.ts';

const palette = (page: Page) => page.getByTestId('palette');
const sheet = (page: Page) => page.getByTestId('key-sheet');
const command = (page: Page, title: string | RegExp) => page.getByTestId('command').filter({ hasText: title });

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused();
}

/** A session that stands still at its second second. */
const stillSession = { speed: 0, upTo: 2 };

test('nothing opens by itself; the button opens it, Escape closes it, and the focus comes back', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByTestId('process').first()).toBeVisible();
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  const button = page.getByRole('button', { name: 'Find a command' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette(page)).not.toBeVisible();
  await expect(button).toBeFocused();
  await page.keyboard.press('?');
  await expect(sheet(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

test('a few letters find a command; Enter runs it, also from within an input', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('/');
  await openPalette(page);
  await page.keyboard.insertText('list sess');
  await expect(page.getByTestId('command').first()).toContainText('List of sessions');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/sessions$/);
  await expect(palette(page)).not.toBeVisible();
});

test('a command of the page runs with the page in front', async ({ page }) => {
  await page.goto('/');
  await openPalette(page);
  await page.keyboard.insertText('find function');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Function' })).toBeFocused();
});

test('what nothing is called is said', async ({ page }) => {
  await page.goto('/');
  await openPalette(page);
  await page.keyboard.insertText('zzz');
  await expect(palette(page)).toContainText('Nothing here is called “zzz”.');
});

test('sessions are places to go to', async ({ page, context }) => {
  const address = await startReplay(context, 'go-handle', stillSession);
  await page.goto('/');
  await openPalette(page);
  await page.keyboard.insertText('session handle');
  await expect(command(page, /Go to session main\.handle .* replay/).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/session\//);
  expect(new URL(page.url()).pathname.startsWith('/session/')).toBe(true);
  await page.goto(address);
  await openPalette(page);
  await page.keyboard.insertText('choose function');
  await expect(palette(page)).toContainText('Choose a function to trace');
});

test('a target of before is traced again from another page', async ({ page }) => {
  await page.addInitScript(() => {
    const target = { kind: 'file', path: '/bin/sleep' };
    window.localStorage.setItem(
      'heatprobe.targets',
      JSON.stringify({ version: 1, pinned: [], recent: [{ target, symbol: null, at: 1 }] }),
    );
  });
  await page.goto('/sessions');
  await openPalette(page);
  await page.keyboard.insertText('trace sleep');
  await expect(command(page, 'Trace sleep')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\?path=%2Fbin%2Fsleep|\/$/);
  await expect(page.getByTestId('file-choice').or(page.getByText('/bin/sleep').first()).first()).toBeVisible();
});

test('keys do nothing while one types, nor while a dialog is open', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('/');
  const input = page.getByRole('combobox', { name: 'Process or path' });
  await expect(input).toBeFocused();
  await page.keyboard.type('c?f');
  await expect(input).toHaveValue('c?f');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(input).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(input).not.toBeFocused();
  await page.keyboard.press('?');
  await expect(sheet(page)).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.getByTestId('command-dialog')).not.toBeVisible();
});

test('letters with Ctrl or Alt stay the browser’s; Space and Enter press what has the focus', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByTestId('process').first()).toBeVisible();
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Alt+c');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await page.keyboard.press('c');
  await expect(page.getByTestId('command-dialog')).toBeVisible();
});

test('the sheet lists the keys by group, and single characters can be switched off for good', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('?');
  const group = sheet(page).getByRole('region', { name: 'Trace' });
  await expect(group).toContainText('Find a process or path');
  await expect(group.locator('kbd').filter({ hasText: '/' })).toBeVisible();
  await sheet(page).getByRole('checkbox').uncheck();
  await sheet(page).getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('?');
  await expect(sheet(page)).not.toBeVisible();
  await page.reload();
  await expect(page.getByTestId('process').first()).toBeVisible();
  await page.keyboard.press('?');
  await expect(sheet(page)).not.toBeVisible();
  await openPalette(page);
  await page.keyboard.insertText('all keys');
  await page.keyboard.press('Enter');
  await expect(sheet(page)).toBeVisible();
  await sheet(page).getByRole('checkbox').check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(sheet(page)).toBeVisible();
});

test('a click beside a dialog closes it', async ({ page }) => {
  await page.goto('/');
  await openPalette(page);
  await page.mouse.click(20, 700);
  await expect(palette(page)).not.toBeVisible();
});

test('what the page of a session can do is found there', async ({ page, context }) => {
  await page.goto(await startReplay(context, 'go-handle', stillSession));
  await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing');
  await openPalette(page);
  await page.keyboard.insertText('stop');
  await expect(page.getByTestId('command').first()).toContainText('Stop the replay');
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');
});

test('no key of a session means two things', async ({ page, context }) => {
  await page.goto(await startReplay(context, 'go-handle', stillSession));
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /calls/);
  await page.keyboard.press('?');
  await expect(sheet(page)).toBeVisible();
  const keys = (await sheet(page).locator('dd').allTextContents()).filter((key) => key !== 'Esc');
  expect(keys.length).toBeGreaterThan(10);
  expect(keys).toEqual([...new Set(keys)]);
});
