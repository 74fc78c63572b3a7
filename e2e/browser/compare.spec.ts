/** Two sessions, or two windows of one, against each other: the finding, the figures, the curves, the address. */
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

const RECORDED = { speed: 1, upTo: ALL };
const finding = (page: Page) => page.getByTestId('finding');

/** The id of a replay. */
async function replay(context: BrowserContext, name: string, pace = RECORDED): Promise<string> {
  return decodeURIComponent((await startReplay(context, name, pace)).split('/').at(-1) ?? '');
}

test('two replays of one recording have not changed', async ({ page, context }) => {
  const [a, b] = [await replay(context, 'go-handle'), await replay(context, 'go-handle')];
  await page.goto(`/compare?a=${a}&b=${b}`);
  await expect(finding(page)).toHaveText('No change seen in p50, p90, p99 and p99.9.');
  for (const name of ['p50', 'p90', 'p99', 'p99.9', 'calls a second']) {
    await expect(page.getByRole('row', { name: new RegExp(`^${name} no change`) })).toBeVisible();
  }
  await expect(page.getByTestId('side-a')).toContainText('8,713 calls in 29.');
  await expect(page.getByRole('row', { name: /^p50/ })).toContainText(/7\d\.\d µs.*0 %/);
});

test('two functions differ: the sentence says what rose and by how much, and swapped that it fell', async ({
  page,
  context,
}) => {
  const [a, b] = [await replay(context, 'go-handle'), await replay(context, 'node-deflate')];
  await page.goto(`/compare?a=${a}&b=${b}`);
  await expect(finding(page)).toHaveText(/^p[\d.]+ (rose|fell) from .+ to .+ \(95 % CI .+ to .+\)/);
  await expect(page.getByTestId('compare-notes')).toContainText('A and B are calls of different functions.');
  const before = await finding(page).textContent();
  await page.getByRole('button', { name: 'Swap A and B' }).click();
  await expect(page).toHaveURL(new RegExp(`a=${b}&b=${a}`));
  await expect(finding(page)).toHaveText(before?.includes('rose') ? /fell/ : /rose/);
});

test('windows of one session: they are in the address, and another reader sees the same', async ({ page, context }) => {
  const id = await replay(context, 'go-handle');
  await page.goto(`/compare?a=${id}&aw=0-14000000000&b=${id}&bw=14000000000-29000000000`);
  await expect(page.getByTestId('side-a')).toContainText(/\d\d:\d\d:\d\d\.\d{3} to .+ · [45],\d{3} calls in 14\.\d s/);
  await expect(page).toHaveURL(/theme=/);
  const words = await finding(page).textContent();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(finding(other)).toHaveText(words ?? '');
  await other.close();
  await page.getByTestId('side-a').getByRole('button', { name: 'All' }).click();
  await expect(page.getByTestId('side-a')).toContainText('8,713 calls');
  await expect(page).not.toHaveURL(/aw=/);
});

test('a live session goes on against a baseline', async ({ page, context }) => {
  const [a, b] = [await replay(context, 'go-handle'), await replay(context, 'go-handle', { speed: 1, upTo: 4 })];
  await page.goto(`/compare?a=${a}&b=${b}`);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing');
  const side = page.getByTestId('side-b');
  await expect(side).toContainText(/[\d,]+ calls in/);
  const before = await side.textContent();
  await expect(side).not.toHaveText(before ?? '');
  await expect(finding(page)).toHaveText(/\.$/);
});

test('without sessions it asks for two, and one that is gone is said', async ({ page, context }) => {
  const id = await replay(context, 'go-handle');
  await page.goto('/compare');
  await expect(page.getByText('Choose two sessions')).toBeVisible();
  await page.getByLabel('Session of A').selectOption(id);
  await page.getByLabel('Session of B').selectOption(id);
  await expect(finding(page)).toHaveText(/^No change seen/);
  await page.goto(`/compare?a=nonsense&b=${id}`);
  await expect(page.getByTestId('failure-a')).toContainText('A: There is no session nonsense.');
  await expect(page.locator('main')).toHaveAttribute('data-status', 'failed');
});

test('from the page of a session: pin a window, then compare another one with it', async ({ page, context }) => {
  const address = await startReplay(context, 'go-handle', RECORDED);
  await page.goto(`${address}?w=0-10000000000`);
  await page.getByRole('button', { name: 'Compare' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare with' });
  await dialog.getByRole('button', { name: 'Pin as baseline' }).click();
  await expect(dialog.getByTestId('compare-choice').first()).toContainText('The pinned baseline');
  await expect(dialog).toContainText('Pinned as the baseline.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.goto(`${address}?w=10000000000-20000000000`);
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(dialog.getByTestId('compare-choice').filter({ hasText: 'The time before it' })).toBeVisible();
  await dialog.getByTestId('compare-choice').filter({ hasText: 'The pinned baseline' }).click();
  await expect(page).toHaveURL(/\/compare\?a=.+&aw=0-10000000000&b=.+&bw=10000000000-20000000000/);
  await expect(finding(page)).toHaveText(/\.$/);
});

test('the curves have their numbers as a table, and say what is under the pointer', async ({ page, context }) => {
  const id = await replay(context, 'go-handle');
  await page.goto(`/compare?a=${id}&b=${id}&bw=14000000000-29000000000`);
  const charts = page.getByTestId('compare-charts');
  await charts.getByRole('img').first().hover();
  await expect(page.getByTestId('compare-readout')).toHaveText(
    /(s|ns): A [\d.<]+.* %, B .+ · no longer: A .+ %, B .+ %$/,
  );
  await page.getByRole('button', { name: 'Calls of A and B by latency as a table' }).click();
  await expect(page.getByRole('dialog').getByTestId('data-row').first()).toContainText('%');
});

for (const [colorScheme, viewport] of [
  ['dark', { width: 1440, height: 900 }],
  ['light', { width: 390, height: 844 }],
] as const) {
  test(`${colorScheme}, ${viewport.width}: nothing to complain about, and nothing wider than the screen`, async ({
    page,
    context,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    const id = await replay(context, 'go-handle');
    await page.goto(`/compare?a=${id}&aw=0-10000000000&b=${id}`);
    await expect(finding(page)).toHaveText(/\.$/);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id: rule, nodes }) => ({ rule, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
  });
}
