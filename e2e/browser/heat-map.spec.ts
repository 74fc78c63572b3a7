/** What one can do on the heat map: point, select, zoom, switch, read as a table; on a recording of a real trace. */
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

const RECORDING = 'go-handle';
/** Of the whole recording. */
const CALLS = 8713;

async function openEnded(page: Page, context: BrowserContext, view = ''): Promise<void> {
  await page.goto(`${await startReplay(context, RECORDING, { speed: 1, upTo: ALL })}${view}`);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /calls? /);
}

/** A place of the plot in pixels of the page; shares from the left and from the bottom. */
async function place(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = await page.getByTestId('heat-map-plot').boundingBox();
  if (!box) throw new Error('the heat map has no place on the page');
  return [box.x + box.width * x, box.y + box.height * (1 - y)];
}

async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  await page.mouse.move(...(await place(page, ...from)));
  await page.mouse.down();
  await page.mouse.move(...(await place(page, ...to)), { steps: 6 });
  await page.mouse.up();
}

const numberIn = (text: string | null): number =>
  Number((/([\d,]+) calls?/.exec(text ?? '')?.[1] ?? '-1').replaceAll(',', ''));
const label = (page: Page) => page.getByTestId('selection-label');
const words = async (page: Page) => (await page.getByTestId('heat-map').getAttribute('aria-label')) ?? '';

test('a box says exactly how many calls are in it, all views know it, and Escape or a click clears it', async ({
  page,
  context,
}) => {
  await openEnded(page, context);
  await drag(page, [0.001, 0.999], [0.999, 0.001]);
  await expect(label(page)).toContainText(`${CALLS.toLocaleString('en')} calls, 100 % of the window`);
  await page.getByTestId('heat-map-plot').press('Escape');
  await expect(label(page)).toHaveCount(0);
  await drag(page, [0.3, 0.99], [0.6, 0.5]);
  await expect(label(page)).toContainText(/\d+ calls, \d\.\d % of the window/);
  await expect(page).toHaveURL(/t=\d+-\d+/);
  await expect(page.getByRole('status').filter({ hasText: /^Selected: \d+ calls/ })).toHaveCount(1);
  await page.mouse.click(...(await place(page, 0.9, 0.1)));
  await expect(label(page)).toHaveCount(0);
});

test('a box is moved by dragging it, and stays as large', async ({ page, context }) => {
  await openEnded(page, context);
  await drag(page, [0.2, 0.3], [0.3, 0.2]);
  const box = page.getByTestId('selection-box');
  const before = await box.boundingBox();
  await drag(page, [0.25, 0.25], [0.65, 0.25]);
  await expect.poll(async () => (await box.boundingBox())?.x ?? 0).toBeGreaterThan((before?.x ?? 0) + 100);
  expect((await box.boundingBox())?.width).toBeCloseTo(before?.width ?? 0, -1);
});

test('Enter zooms to the selection; 0 shows everything again', async ({ page, context }) => {
  await openEnded(page, context);
  await drag(page, [0.4, 0.99], [0.6, 0.01]);
  const selected = numberIn(await label(page).textContent());
  expect(selected).toBeGreaterThan(500);
  expect(selected).toBeLessThan(CALLS / 2);
  await page.getByTestId('heat-map-plot').press('Enter');
  await expect.poll(async () => numberIn(await words(page))).toBe(selected);
  await expect(page).toHaveURL(/w=\d+-\d+/);
  await page.getByTestId('heat-map-plot').press('Escape');
  await page.getByTestId('heat-map-plot').press('0');
  await expect.poll(async () => numberIn(await words(page))).toBe(CALLS);
});

test('by keyboard alone: crosshair, selection, its count', async ({ page, context }) => {
  await openEnded(page, context);
  const plot = page.getByTestId('heat-map-plot');
  await plot.focus();
  await page.keyboard.press('End');
  await expect(page.getByTestId('cell-readout')).toContainText(/calls?/);
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('status').filter({ hasText: /\d+ calls?, .* to \d\d:\d\d:\d\d/ })).toHaveCount(1);
  await page.keyboard.press('Shift+PageDown');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(label(page)).toContainText('of the window');
  const before = await page.getByTestId('selection-box').boundingBox();
  await page.keyboard.press('Control+ArrowUp');
  await expect.poll(async () => (await page.getByTestId('selection-box').boundingBox())?.y).not.toBe(before?.y);
  await page.keyboard.press('Escape');
  await expect(label(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('cell-readout')).toHaveCount(0);
});

test('by keyboard a stretch of time is selected with all its latencies, until a key goes up or down', async ({
  page,
  context,
}) => {
  await openEnded(page, context);
  await page.getByTestId('heat-map-plot').focus();
  await page.keyboard.press('ArrowLeft');
  for (let press = 0; press < 3; press++) await page.keyboard.press('Shift+ArrowLeft');
  await expect(page).toHaveURL(/[?&]t=\d+-\d+/);
  await expect(page).not.toHaveURL(/[?&]l=/);
  await expect(label(page)).toContainText('any latency');
  await page.keyboard.press('Control+ArrowLeft');
  await expect(label(page)).toContainText('any latency');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page).toHaveURL(/[?&]l=\d+-\d+/);
});

test('the plain wheel scrolls the page; with Control it zooms, and so it does on the focused plot', async ({
  page,
  context,
}) => {
  await openEnded(page, context);
  await page.mouse.move(...(await place(page, 0.5, 0.5)));
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
  expect(numberIn(await words(page))).toBe(CALLS);
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.mouse.move(...(await place(page, 0.5, 0.5)));
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  await expect.poll(async () => numberIn(await words(page))).toBeLessThan(CALLS * 0.8);
  const zoomed = numberIn(await words(page));
  await page.getByTestId('heat-map-plot').focus();
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => numberIn(await words(page))).toBeLessThan(zoomed * 0.8);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
});

test('Shift and drag pans', async ({ page, context }) => {
  await openEnded(page, context, '?w=10000000000-15000000000');
  await page.keyboard.down('Shift');
  await drag(page, [0.8, 0.5], [0.4, 0.5]);
  await page.keyboard.up('Shift');
  await expect(page).toHaveURL(/w=1[12]\d{9}-1[67]\d{9}/);
  await expect(label(page)).toHaveCount(0);
});

test('closer than a tick the picture says that there is nothing finer', async ({ page, context }) => {
  await openEnded(page, context, '?w=10000000000-10000050000');
  await expect(page.getByTestId('finest')).toContainText('counted every 100 ms');
});

test('what is cropped is said with its count, and a click brings it back', async ({ page, context }) => {
  await openEnded(page, context);
  await page.getByRole('button', { name: 'crop' }).click();
  const said = page.getByTestId('cropped');
  await expect(said).toHaveText(/^\d+ calls above \d+ ms are cropped$/);
  const cropped = numberIn(await said.textContent());
  await expect.poll(async () => numberIn(await words(page))).toBe(CALLS - cropped);
  await said.click();
  await expect(said).toHaveCount(0);
  await expect.poll(async () => numberIn(await words(page))).toBe(CALLS);
});

test('keys switch the axis and the colours, and the address keeps it', async ({ page, context }) => {
  await openEnded(page, context);
  await page.keyboard.press('y');
  await expect(page.getByRole('button', { name: 'linear' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('c');
  await expect(page.getByRole('button', { name: 'log count' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('group', { name: 'Percentile lines' }).getByRole('button', { name: 'p90' }).click();
  await expect(page).toHaveURL(/y=linear.*colour=log.*lines=p50%2Cp90%2Cp99/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'linear' })).toHaveAttribute('aria-pressed', 'true');
});

test('the numbers as a table: all calls of the window, by keyboard', async ({ page, context }) => {
  await openEnded(page, context, '?w=10000000000-10200000000');
  const inWindow = numberIn(await words(page));
  await page.getByRole('button', { name: 'Latency over time as a table' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Latency over time' });
  const counts = await dialog.getByTestId('data-row').locator('td:last-child').allTextContents();
  expect(counts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0)).toBe(inWindow);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('on a phone: a tap gives the numbers, two fingers zoom, a held finger selects', async ({
  browser,
  baseURL,
  context,
}) => {
  const state = await context.storageState();
  const phone = await browser.newContext({
    storageState: state,
    ...(baseURL ? { baseURL } : {}),
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await phone.newPage();
  await openEnded(page, phone);
  await page.touchscreen.tap(...(await place(page, 0.5, 0.37)));
  await expect(page.getByTestId('cell-readout')).toContainText(/calls?/);
  const fingers = await phone.newCDPSession(page);
  const touch = async (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    ...at: readonly (readonly [number, number])[]
  ) => {
    const points = await Promise.all(at.map(([x, y]) => place(page, x, y)));
    await fingers.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  };
  await touch('touchStart', [0.4, 0.5], [0.6, 0.5]);
  await touch('touchMove', [0.3, 0.5], [0.7, 0.5]);
  await touch('touchMove', [0.2, 0.5], [0.8, 0.5]);
  await touch('touchEnd');
  await expect.poll(async () => numberIn(await words(page))).toBeLessThan(CALLS * 0.6);
  await touch('touchStart', [0.3, 0.9]);
  await expect(page.getByTestId('selection-box')).toBeVisible();
  await touch('touchMove', [0.6, 0.4]);
  await touch('touchEnd');
  await expect(label(page)).toContainText('of the window');
  await phone.close();
});
