/** What axe finds: contrast, names, roles, keyboard; in both themes, on a desk and on a phone. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

for (const colorScheme of ['dark', 'light'] as const) {
  for (const [name, viewport] of Object.entries(SIZES)) {
    test.describe(`${colorScheme}, ${name}`, () => {
      test.use({ colorScheme, viewport });
      for (const path of ['/gallery', '/', '/sessions']) {
        test(`nothing to complain about on ${path}`, async ({ page }) => {
          await page.goto(path);
          await expect(page.locator('main')).toHaveAttribute('data-status', 'idle');
          await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
          // The gallery shows the same parts many times over, each with its own name only within its frame.
          const { violations } = await new AxeBuilder({ page })
            .disableRules(path === '/gallery' ? ['landmark-unique'] : [])
            .analyze();
          const found = violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary })),
          );
          expect(found).toEqual([]);
        });
      }
    });
  }
}

test('nothing is wider than a phone', async ({ page }) => {
  await page.setViewportSize(SIZES.phone);
  for (const path of ['/gallery', '/', '/sessions']) {
    await page.goto(path);
    await expect(page.locator('main')).toHaveAttribute('data-status', 'idle');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(SIZES.phone.width);
  }
});
