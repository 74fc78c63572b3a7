/** Whatever an address shows and selects, heat map, histogram and selection bar say the same number of calls. */
import { expect, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

let path = '';
test.beforeEach(async ({ context }) => {
  path ||= await startReplay(context, 'go-handle', { speed: 1, upTo: ALL });
});

async function open(page: Page, query: string): Promise<void> {
  await page.goto(`${path}?${query}`);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /calls? (between|returned)/);
}

const number = (text: string | null | undefined, pattern: RegExp): number =>
  Number((pattern.exec(text ?? '')?.[1] ?? 'NaN').replaceAll(',', ''));
const said = (page: Page, chart: string) => page.getByTestId(chart).getAttribute('aria-label');

/** Calls of the window by each view that says them. */
async function shown(page: Page): Promise<{ readonly heatMap: number; readonly histogram: number }> {
  return {
    heatMap: number(await said(page, 'heat-map'), /: ([\d,]+) calls? between/),
    histogram: number(await said(page, 'histogram'), /: ([\d,]+) calls?;/),
  };
}

/** Selected calls by each view that says them. */
async function selected(page: Page) {
  const bar = await page.getByTestId('selection').textContent();
  return {
    bar: number(bar, /^([\d,]+) (?:single )?calls? selected/),
    histogram: number(await said(page, 'histogram'), /; ([\d,]+) calls? selected/),
    label: number(await page.getByTestId('selection-label').textContent(), /^([\d,]+) (?:single )?calls?,/),
    of: number(bar, /% of ([\d,]+)/),
  };
}

const WINDOWS = {
  'between the bounds of ticks': 'w=5000000000-15000000000',
  'of 30 ms': 'w=5010000000-5040000000',
  'of a microsecond': 'w=5010000000-5010001000',
  'of a microsecond, elsewhere': 'w=17094321000-17094322000',
  'from the first moment on': 'w=0-250000000',
  'up to the last moment': 'w=28000000000-29900000000',
};

for (const [name, query] of Object.entries(WINDOWS)) {
  test(`a window ${name} has as many calls in the heat map as in the histogram and the percentiles`, async ({
    page,
  }) => {
    await open(page, query);
    await expect.poll(async () => (await shown(page)).heatMap).toBeGreaterThan(0);
    await expect.poll(async () => (await shown(page)).histogram).toBe((await shown(page)).heatMap);
    await expect(page.getByTestId('percentiles')).toHaveAttribute('aria-label', /latest: p50/);
  });
}

const SELECTIONS = {
  'that is a range of latencies': 'w=5000000000-15000000000&l=10000000-1000000000',
  'between the bounds of ticks': 'w=5000000000-15000000000&t=6040000000-9070000000',
  'of a box': 'w=5000000000-15000000000&t=6040000000-9070000000&l=1000000-1000000000',
  'of all that is shown': 'w=5000000000-15000000000&t=5000000000-15000000000',
  'shorter than a tick': 'w=5000000000-15000000000&t=6000000000-6010000000',
};

for (const [name, query] of Object.entries(SELECTIONS)) {
  test(`a selection ${name} has as many calls in its bar, in its label and in the histogram`, async ({ page }) => {
    await open(page, query);
    await expect.poll(async () => (await selected(page)).bar).toBeGreaterThan(0);
    const { bar, of } = await selected(page);
    await expect.poll(() => selected(page)).toEqual({ bar, of, histogram: bar, label: bar });
    expect(of).toBe((await shown(page)).heatMap);
  });
}

test('a selection shorter than a tick is counted by its single calls; one between ticks by the tick', async ({
  page,
}) => {
  await open(page, 't=6000000000-6010000000');
  const bar = page.getByTestId('selection');
  await expect(bar).toHaveText(/^\d single calls selected · .+listed calls; counts are of \d+ ms/);
  await open(page, 't=6040000000-9070000000');
  await expect(bar).toHaveText(/^[\d,]+ calls selected · .+counted every \d+ ms/);
});

test('a selection outside of the window is no share of it', async ({ page }) => {
  await open(page, 'w=15000000000-20000000000&t=5000000000-6000000000');
  await expect(page.getByTestId('selection')).toHaveText(/^\d+ calls selected · none of them in the window/);
  const calls = number(await page.getByTestId('selection').textContent(), /^(\d+) calls/);
  await expect.poll(() => said(page, 'histogram')).toContain(`; ${calls} calls selected.`);
  await open(page, 'w=15000000000-20000000000&t=14000000000-16000000000');
  await expect(page.getByTestId('selection')).toHaveText(/^\d+ calls selected · \d+ of them in the window/);
});

test('a brush on the timeline selects whole ticks: its count is exact', async ({ page }) => {
  await open(page, 'w=5000000000-7000000000');
  await expect(page.getByTestId('lanes-count')).toHaveAttribute('data-indexed', 'true');
  await page.getByTestId('lanes').scrollIntoViewIfNeeded();
  const ruler = await page.getByTestId('lanes-ruler').boundingBox();
  if (!ruler) throw new Error('the ruler has no place on the page');
  const y = ruler.y + ruler.height / 2;
  await page.mouse.move(ruler.x + ruler.width * 0.31, y);
  await page.mouse.down();
  await page.mouse.move(ruler.x + ruler.width * 0.57, y, { steps: 4 });
  await page.mouse.up();
  const bar = page.getByTestId('selection');
  await expect(bar).toHaveText(/^[1-9]\d* calls selected/);
  await expect(bar).not.toHaveText(/counted/);
  const { bar: calls, of } = await selected(page);
  await expect.poll(() => selected(page)).toEqual({ bar: calls, of, label: calls, histogram: calls });
});

test('a box reads the same times in its label and in the bar', async ({ page }) => {
  await open(page, 'w=5000000000-15000000000&t=6040000000-9070000000&l=1000000-1000000000');
  const times = (text: string | null) => /\d\d:\d\d:\d\d\.\d{3} to \d\d:\d\d:\d\d\.\d{3}/.exec(text ?? '')?.[0];
  const label = times(await page.getByTestId('selection-label').textContent());
  expect(label).toBeDefined();
  expect(times(await page.getByTestId('selection').textContent())).toBe(label);
});

test('an address that names a time outside of the trace shows the trace, and says so', async ({ page }) => {
  await open(page, 'w=99999999999999-999999999999999999');
  await expect(page.getByTestId('heat-note')).toHaveText(/outside of this trace/);
  await expect.poll(() => shown(page)).toEqual({ heatMap: 8713, histogram: 8713 });
  await open(page, 'w=5000000000-999999999999999999');
  await expect.poll(() => shown(page)).toEqual({ heatMap: 8713, histogram: 8713 });
});
