/** The session on paper: a report in light colours, without controls. */
import { expect, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

test.use({ colorScheme: 'dark' });

test('the page prints as a report, and is itself again afterwards', async ({ page, context }) => {
  await page.goto(await startReplay(context, 'go-handle', { speed: 1, upTo: ALL }));
  await expect(page.getByTestId('histogram')).toHaveAttribute('aria-label', /8,713 calls/);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  // What a browser does before it lays out the sheet; the printed sheet itself cannot be asked.
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(page.getByTestId('print-head')).toContainText('main.handle');
  await expect(page.getByTestId('print-head')).toContainText('Safe to measure');
  await expect(page.getByTestId('print-head')).toContainText(/Address.*\/session\//);
  await expect(page.getByTestId('figure-p99')).toBeVisible();
  for (const control of ['button', 'slider', 'tab', 'textbox'] as const) {
    const left = page.locator('main').getByRole(control).and(page.locator(':not([data-paper="yes"])'));
    await expect(left).toHaveCount(0);
  }
  expect(await background()).not.toBe(dark);
  // The heat map is as wide as the sheet at once: nobody waits for its next frame.
  const canvas = page.getByTestId('heat-map').locator('canvas').first();
  const sizes = await canvas.evaluate((element) =>
    element instanceof HTMLCanvasElement ? [element.width / window.devicePixelRatio, element.clientWidth] : [],
  );
  expect(sizes[0]).toBe(sizes[1]);
  expect(sizes[0]).toBeLessThanOrEqual(700);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(page.getByTestId('print-head')).toHaveCount(0);
  expect(await background()).toBe(dark);
  const sheet = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  expect(sheet.subarray(0, 5).toString()).toBe('%PDF-');
  await expect(page.getByTestId('print-head')).toHaveCount(0);
});
