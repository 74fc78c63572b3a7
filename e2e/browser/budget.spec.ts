/** What the session page may cost: bytes of JavaScript, time to the first paint, and the main thread while live. */
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

const MOST_SCRIPT_BYTES = 350 * 1024;
const MOST_FIRST_PAINT_MS = 1000;
const MOST_BUSY = 0.3;
/** The busy share is measured over this long. */
const MEASURED_MS = 8000;

const RECORDING = 'go-handle';
const MEASURED = { tag: '@measured' };

function say(description: string): void {
  console.log(`  ${description}`);
  test.info().annotations.push({ type: 'measured', description });
}

test('JavaScript of the session page', async ({ page, context }) => {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') {
      sizes.push(response.body().then((body) => gzipSync(body).length));
    }
  });
  await page.goto(await startReplay(context, RECORDING, { speed: 1, upTo: ALL }));
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /calls/);
  await page.waitForLoadState('networkidle');
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  say(`${Math.round(bytes / 1024)} KB gzip`);
  expect(bytes).toBeGreaterThan(100 * 1024);
  expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
});

test('first paint of the session page', MEASURED, async ({ page, context }) => {
  const address = await startReplay(context, RECORDING, { speed: 1, upTo: ALL });
  const paints: number[] = [];
  for (let round = 0; round < 3; round++) {
    await page.goto(address);
    await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /calls/);
    paints.push(await firstPaint(page));
  }
  const [, median = 0] = paints.sort((a, b) => a - b);
  say(`${Math.round(median)} ms`);
  expect(median).toBeLessThan(MOST_FIRST_PAINT_MS);
});

const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);

test('the main thread while live', MEASURED, async ({ page, context }) => {
  // Ten ticks a second go on arriving, in a window of 300 columns.
  await page.goto(`${await startReplay(context, RECORDING, { speed: 1, upTo: 15 })}?w=live-60000000000`);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing');
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /calls/);
  const session = await context.newCDPSession(page);
  // The thread's own time: what other programs took from it in between is not the page's.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { at: performance.now() / 1000, task: value('TaskDuration') };
  };
  const before = await busy();
  await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), MEASURED_MS);
  const after = await busy();
  await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing');
  const share = (after.task - before.task) / (after.at - before.at);
  say(`${(share * 100).toFixed(1)} % of the main thread`);
  expect(share).toBeGreaterThan(0.001);
  expect(share).toBeLessThan(MOST_BUSY);
});
