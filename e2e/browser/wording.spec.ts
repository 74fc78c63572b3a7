/** Numbers and words that could be read as something else. */
import { expect, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

test('a least latency alone is said as one that has no end', async ({ page, context }) => {
  await page.goto(await startReplay(context, 'go-handle', { speed: 1, upTo: ALL }));
  const least = page.getByRole('textbox', { name: 'Least latency' });
  await least.fill('100ms');
  await least.press('Enter');
  await expect(page.getByTestId('selection')).toContainText('100 ms and longer');
  await expect(page.getByTestId('filter-chip')).toContainText('100 ms and longer');
  await expect(page.locator('main')).not.toContainText('2502 h');
});

test('the ends of a selected range are written so that they can be read back, and are not clipped', async ({
  page,
  context,
}) => {
  await page.goto(`${await startReplay(context, 'go-handle', { speed: 1, upTo: ALL })}?l=276824064-137438953472`);
  const least = page.getByRole('textbox', { name: 'Least latency' });
  const below = page.getByRole('textbox', { name: 'Latency below' });
  await expect(least).toHaveValue('276.824064 ms');
  await expect(below).toHaveValue('137.438953472 s');
  for (const input of [least, below]) {
    expect(await input.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  }
  await least.press('End');
  await least.pressSequentially(' ');
  await least.press('Enter');
  await expect(page).toHaveURL(/l=276824064-137438953472/);
});

test('calls in progress and the age of the oldest are two figures', async ({ page, context }) => {
  await page.goto(await startReplay(context, 'go-handle', { speed: 0, upTo: 14.15 }));
  await expect(page.getByTestId('figure-inFlight').locator('dd')).toHaveText(/^\d+ oldest [\d.]+ (µs|ms|s)$/);
});

test('the time under the pointer has the digits of its axis', async ({ page, context }) => {
  await page.goto(`${await startReplay(context, 'go-handle', { speed: 1, upTo: ALL })}?w=5000000000-5000400000`);
  const map = page.getByTestId('heat-map');
  await expect(map).toHaveAttribute('aria-label', /\d/);
  await map.hover();
  await expect(page.getByTestId('heat-crosshair')).toContainText(/\d\d:\d\d:\d\d\.\d{7}/);
});
