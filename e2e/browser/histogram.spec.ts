/** The histogram: percentiles with their buckets, a range that is dragged or moved by keys, and its numbers as a table. */
import { expect, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

test.beforeEach(async ({ page, context }) => {
  await page.goto(await startReplay(context, 'go-handle', { speed: 1, upTo: ALL }));
  await expect(page.getByTestId('histogram')).toHaveAttribute('aria-label', /8,713 calls/);
});

const selectedIn = (page: Page) => page.getByTestId('histogram').getAttribute('aria-label');

/** Presses at one height of the plot and lets go at another; both as shares from the top. */
async function drag(page: Page, from: number, to: number): Promise<void> {
  const box = await page.getByTestId('histogram-plot').boundingBox();
  if (!box) throw new Error('the histogram has no place on the page');
  await page.mouse.move(box.x + 40, box.y + box.height * from);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + box.height * ((from + to) / 2));
  await page.mouse.move(box.x + 60, box.y + box.height * to);
}

test('percentiles are named with the bounds of their bucket, and no label lies on another', async ({ page }) => {
  const labels = page.getByTestId('quantile');
  await expect(labels.filter({ hasText: 'p50' })).toHaveText(/^p50 7\d\.\d–7\d\.\d µs$/);
  await expect(labels.filter({ hasText: 'max' })).toHaveAttribute('title', /exact to the bucket$/);
  const boxes = await Promise.all((await labels.all()).map((label) => label.boundingBox()));
  const tops = boxes.map((box) => box?.y ?? Number.NaN).sort((a, b) => a - b);
  expect(tops.length).toBeGreaterThan(2);
  for (const [index, top] of tops.entries()) if (index > 0) expect(top - (tops[index - 1] ?? 0)).toBeGreaterThan(14);
});

test('a dragged range says what it holds, is selected in all views, and Escape or a click clears it', async ({
  page,
}) => {
  await drag(page, 0.02, 0.5);
  await expect(page.getByTestId('histogram-readout')).toHaveText(/–.*(ms|s): [\d,]+ calls · [\d.]+ %$/);
  await page.mouse.up();
  await expect.poll(() => selectedIn(page)).toMatch(/; [\d,]+ calls selected\.$/);
  await expect(page.getByText('rest', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/[?&]l=\d+-\d+/);
  await page.mouse.click(...(await middleOfPlot(page)));
  await expect.poll(() => selectedIn(page)).not.toContain('selected');
  await expect(page).not.toHaveURL(/[?&]l=/);
});

test('Escape gives a drag up', async ({ page }) => {
  await drag(page, 0.1, 0.6);
  await expect(page.getByTestId('histogram-range')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page.getByTestId('histogram-range')).toHaveCount(0);
  expect(await selectedIn(page)).not.toContain('selected');
});

test('the range by keyboard: each edge is a slider, and at both ends of the axis nothing is selected', async ({
  page,
}) => {
  const fastest = page.getByRole('slider', { name: 'Fastest selected latency' });
  await fastest.focus();
  await expect(fastest).toHaveAttribute('aria-valuetext', '10.2 µs');
  for (let press = 0; press < 6; press++) await page.keyboard.press('Shift+ArrowUp');
  await expect(fastest).toHaveAttribute('aria-valuetext', /^\d.* µs$|^\d.* ms$/);
  await expect.poll(() => selectedIn(page)).toMatch(/calls selected\.$/);
  await page.keyboard.press('Home');
  await expect.poll(() => selectedIn(page)).not.toContain('selected');
});

test('its numbers are a table', async ({ page }) => {
  await page.getByRole('button', { name: 'Calls in view by latency as a table' }).click();
  const dialog = page.getByRole('dialog', { name: 'Calls in view by latency' });
  await expect(dialog.getByTestId('data-row').first()).toContainText('100 %');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

async function middleOfPlot(page: Page): Promise<[number, number]> {
  const box = await page.getByTestId('histogram-plot').boundingBox();
  return box ? [box.x + 40, box.y + box.height * 0.7] : [0, 0];
}

test('the selection says its numbers, is zoomed to and cleared; its place stays', async ({ page }) => {
  const bar = page.getByTestId('selection');
  await expect(bar).toContainText('Drag on the heat map or on the histogram');
  const before = await bar.boundingBox();
  await page.goto(`${page.url().split('?')[0]}?t=5000000000-15000000000&l=10000000-10000000000`);
  await expect(bar).toHaveText(
    /^[\d,]+ calls selected · [\d.]+ % of 8,713(counted every 100 ms)?p50 .+ msp99 .+max .+10\.0 ms–10\.0 s · \d\d:.+ to \d\d:/,
  );
  expect((await bar.boundingBox())?.height).toBe(before?.height);
  await bar.getByRole('button', { name: 'Zoom' }).click();
  await expect(page).toHaveURL(/[?&]w=5000000000-15000000000/);
  await bar.getByRole('button', { name: 'Clear' }).click();
  await expect(bar).toContainText('Drag on the heat map');
  await expect(page).not.toHaveURL(/[?&][tl]=/);
});

test('each figure is explained on hover and on focus, and nothing moves', async ({ page }) => {
  const figure = page.getByTestId('figure-unmatched');
  const before = await page.getByTestId('overview').boundingBox();
  await figure.getByRole('button').focus();
  await expect(page.getByRole('tooltip')).toHaveText(/before the probes were attached/);
  expect(await page.getByTestId('overview').boundingBox()).toEqual(before);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('tooltip')).not.toHaveText(/before the probes were attached/);
  await page.getByTestId('figure-p99').getByRole('button').hover();
  await expect(page.getByRole('tooltip').filter({ hasText: 'p99 of all returned calls' })).toBeVisible();
});
