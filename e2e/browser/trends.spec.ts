/** Percentiles and rate over time: lines as switches, values under the crosshair, the selected time, numbers as a table. */
import { expect, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

test.beforeEach(async ({ page, context }) => {
  const path = await startReplay(context, 'go-handle', { speed: 1, upTo: ALL });
  await page.goto(`${path}?t=5000000000-15000000000`);
  await expect(page.getByTestId('percentiles')).toHaveAttribute(
    'aria-label',
    /latest: p50 .+, p90 .+, p99 .+, max .+\.$/,
  );
});

test('each line is a switch, by keyboard as well', async ({ page }) => {
  const lines = page.getByTestId('percentiles').locator('svg').first().locator('path');
  await expect(lines).toHaveCount(5);
  const max = page.getByTestId('percentile-legend').getByRole('button', { name: /^max/ });
  await max.focus();
  await page.keyboard.press('Enter');
  await expect(max).toHaveAttribute('aria-pressed', 'false');
  await expect(lines).toHaveCount(4);
  await page.keyboard.press('Space');
  await expect(max).toHaveAttribute('aria-pressed', 'true');
  await expect(lines).toHaveCount(5);
});

test('which lines are shown is in the address', async ({ page }) => {
  const p90 = page.getByTestId('percentile-legend').getByRole('button', { name: /^p90/ });
  await p90.click();
  await expect(page).toHaveURL(/trends=p50%2Cp99%2Cp999%2Cmax/);
  await page.reload();
  await expect(p90).toHaveAttribute('aria-pressed', 'false');
});

test('the slowest of a stretch is said by its bounds, not by a number that contradicts the exact one', async ({
  page,
}) => {
  await expect(page.getByTestId('figure-max')).toHaveText(/301\.1 ?ms/);
  await expect(page.getByTestId('percentile-legend').getByRole('button', { name: /^max/ })).toHaveText(
    /max\s*[\d.]+–[\d.]+ ms/,
  );
});

test('the crosshair names the time, its rate and its percentiles', async ({ page }) => {
  const box = await page.getByTestId('percentiles').boundingBox();
  if (!box) throw new Error('the percentiles have no place on the page');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.getByTestId('percentile-readout')).toHaveText(/^\d\d:\d\d:\d\d · [23]\d\d calls\/s$/);
  await page.mouse.move(box.x + box.width / 2, 5);
  await expect(page.getByTestId('percentile-readout')).toHaveText(/^each over/);
});

test('the selected time is shaded', async ({ page }) => {
  const shade = await page.getByTestId('selected-time').boundingBox();
  const chart = await page.getByTestId('percentiles').boundingBox();
  // Ten of about thirty seconds.
  expect((shade?.width ?? 0) / (chart?.width ?? 1)).toBeGreaterThan(0.25);
  expect((shade?.width ?? 0) / (chart?.width ?? 1)).toBeLessThan(0.4);
});

test('the numbers are a table', async ({ page }) => {
  await page.getByRole('button', { name: 'Percentiles and rate over time as a table' }).click();
  const dialog = page.getByRole('dialog', { name: 'Percentiles and rate over time' });
  await expect(dialog.getByTestId('data-row').first()).toContainText(/µs.*ms/);
});
