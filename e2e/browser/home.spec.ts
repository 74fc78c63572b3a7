/** What the home page tells without being asked: keys, several functions, Start on a phone. */
import { expect, test } from '@playwright/test';
import { whyNoUprobes } from '../../scripts/uprobes.mjs';
import { buildTarget } from '../targets/build.ts';
import { startTarget } from '../targets/start.ts';

const reason = whyNoUprobes();

test('the hint of a key is hidden where the key is a letter like any other', async ({ page }) => {
  await page.goto(`/?path=${encodeURIComponent(await buildTarget('c/exits'))}`);
  const column = page.getByRole('region', { name: 'Function', exact: true });
  const hint = column.locator('kbd', { hasText: /^f$/ });
  await expect(page.getByTestId('symbol').first()).toBeVisible();
  await expect(hint).toBeVisible();
  await page.keyboard.press('f');
  await expect(page.getByRole('combobox', { name: 'Function' })).toBeFocused();
  await expect(hint).toBeHidden();
  await page.getByRole('combobox', { name: 'Function' }).blur();
  await expect(hint).toBeVisible();
});

test('that several functions can be traced together is said in the panel and among the keys', async ({ page }) => {
  await page.goto(`/?path=${encodeURIComponent(await buildTarget('c/exits'))}`);
  await page.getByTestId('symbol').filter({ hasText: 'two_rets' }).first().click();
  await expect(page.getByTestId('several')).toContainText('Several functions at once');
  await page.getByTestId('plan-card').click();
  await page.keyboard.press('?');
  await expect(page.getByTestId('key-sheet')).toContainText('traced together');
});

test('on a phone Start is in sight once a function is chosen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/?path=${encodeURIComponent(await buildTarget('c/exits'))}`);
  await page.getByTestId('symbol').filter({ hasText: 'two_rets' }).first().click();
  await expect(page.getByTestId('start')).toBeInViewport({ ratio: 1 });
});

test('an ended session offers to trace the same function again, by its button and in the palette', async ({ page }) => {
  test.skip(reason !== undefined && process.env.REQUIRE_BPF !== '1', `no probes here: ${reason}`);
  const target = startTarget(await buildTarget('go/spin'), ['120', '300']);
  await target.firstLine;
  await page.goto(`/?pid=${target.pid}`);
  await expect(page.getByTestId('symbol').first()).toBeVisible();
  await page.getByRole('combobox', { name: 'Function' }).fill('main.handle');
  await page.getByTestId('symbol').filter({ hasText: 'handle' }).first().click();
  await page.getByTestId('start').click();
  await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing', { timeout: 60_000 });
  await expect(page.getByTestId('figure-rate')).toContainText('Calls/s');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended', { timeout: 60_000 });
  await expect(page.getByTestId('figure-rate')).toContainText('Mean calls/s');
  const session = page.url();
  await page.getByRole('button', { name: 'Trace again' }).click();
  await expect(page.getByTestId('plan-card')).toContainText('main.handle');
  await expect(page.getByTestId('start')).toBeEnabled();
  expect(new URL(page.url()).searchParams.get('pid')).toBe(String(target.pid));

  target.kill('SIGKILL');
  await target.ended;
  await page.goto(session);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');
  await page.keyboard.press('Control+k');
  await page.keyboard.insertText('Trace the same function again');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('plan-card').or(page.getByTestId('no-plan'))).toContainText('handle');
});
