/** Long names and copies of functions: which is chosen, what is shown of them, and that the header stays one line. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { whyNoUprobes } from '../../scripts/uprobes.mjs';
import { buildTarget } from '../targets/build.ts';
import { startTarget } from '../targets/start.ts';

const reason = whyNoUprobes();
const noProbes = reason !== undefined && process.env.REQUIRE_BPF !== '1';

const functions = (page: Page) => page.getByRole('combobox', { name: 'Function' });

/** Whether a text is drawn whole. */
const isWhole = (text: Locator): Promise<boolean> =>
  text.evaluate((element) => element.scrollWidth <= element.clientWidth);

async function mark(page: Page, query: string, names: readonly RegExp[]): Promise<void> {
  await functions(page).fill(query);
  for (const name of names) {
    await page
      .getByTestId('symbol')
      .filter({ hasText: name })
      .first()
      .click({ modifiers: ['Shift'] });
  }
}

test('Enter chooses the function, not a cold part of it, and both rows say which they are', async ({ page }) => {
  await page.goto(`/?path=${encodeURIComponent(await buildTarget('cpp/throw'))}`);
  await expect(page.getByTestId('symbol').first()).toBeVisible();
  await functions(page).fill('with_destructors');
  const rows = page.getByTestId('symbol');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).not.toContainText('clone');
  await expect(rows.nth(1)).toContainText('[clone .cold]');
  expect(await isWhole(rows.nth(1).getByText('[clone .cold]'))).toBe(true);
  await functions(page).press('Enter');
  await expect(page.getByTestId('plan-card')).toHaveAttribute('data-verdict', /safe|limited/);
});

test('a command with several functions: that it cannot be is said before Start, which is off', async ({ page }) => {
  await page.goto('/');
  await page.getByTestId('command-option').click();
  await page.keyboard.insertText(`'${await buildTarget('cpp/names')}' 10`);
  await page.keyboard.press('Enter');
  await expect(functions(page)).toBeFocused();
  await mark(page, 'shapes', [/scale\(long\)/, /total<int>/]);
  const card = page.getByTestId('group-card');
  await expect(card.getByRole('heading')).toContainText('One function at a time');
  await expect(card.getByTestId('group-obstacle')).toContainText('start the command yourself');
  await expect(card.getByTestId('start-group')).toBeDisabled();
  await card.getByRole('button', { name: /^Leave out .*total/ }).click();
  await expect(card.getByRole('heading')).toContainText('Safe');
  await expect(card.getByTestId('start-group')).toBeEnabled();
});

test('several functions with long names: tabs tell them apart, and the header is one line with Stop in it', async ({
  page,
}) => {
  test.skip(noProbes, `no probes here: ${reason}`);
  const target = startTarget(await buildTarget('cpp/names'), [], ['start', 'end']);
  await target.firstLine;
  await page.goto(`/?pid=${target.pid}`);
  await expect(page.getByTestId('symbol').first()).toBeVisible();
  await mark(page, 'shapes', [/scale\(std/, /scale\(long\)/, /total<int>/, /total<double>/]);
  await page.getByTestId('start-group').click();
  await page.waitForURL(/\/session\//);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing', { timeout: 60_000 });
  const names = page.getByTestId('member-name');
  await expect(names).toHaveCount(4);
  const own = names.getByTestId('own-name');
  await expect(own).toHaveText([/^scale\(std/, 'scale(long)', 'total<int>', 'total<double>']);
  for (const at of [1, 2, 3]) expect(await isWhole(own.nth(at))).toBe(true);

  const header = page.locator('header');
  for (const width of [1440, 1024]) {
    await page.setViewportSize({ width, height: 900 });
    const outer = await header.boundingBox();
    expect(outer?.height).toBeLessThanOrEqual(49);
    for (const part of [
      header.getByRole('link', { name: 'heatprobe' }),
      header.getByRole('button', { name: 'Stop' }),
    ]) {
      const inner = await part.boundingBox();
      if (!outer || !inner) throw new Error('a part of the header has no place');
      expect(inner.y).toBeGreaterThanOrEqual(outer.y);
      expect(inner.y + inner.height).toBeLessThan(outer.y + outer.height);
      expect(inner.x + inner.width).toBeLessThanOrEqual(width);
    }
  }
  await expect(page.getByTestId('function-name')).toHaveAttribute('title', /^shapes::scale\(std::.*basic_string/);
  await expect(page.getByTestId('function-name').getByTestId('own-name')).toHaveText('scale');
  target.kill('SIGKILL');
  await target.ended;
});
