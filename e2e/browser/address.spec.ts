/** What is looked at is in the address: whoever opens it sees the same. Whatever an address says, the page opens. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

/** Another person's browser: signed in as well, with a screen and a theme of its own. */
async function pasted(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({
    storageState: process.env.HEATPROBE_STATE ?? '',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
  });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

const seen = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[role="img"][aria-label], [role="tab"][aria-selected="true"]')].map(
      (element) => element.getAttribute('aria-label') ?? element.textContent,
    ),
  );

test('another reader sees the same in the same theme, and keeps an own theme for all else', async ({
  page,
  context,
  browser,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const view = 'w=4000000000-9000000000&t=5000000000-8000000000&l=1000000-100000000&y=linear&tab=plan';
  await page.goto(`${await startReplay(context, 'go-handle', { speed: 1, upTo: ALL })}?${view}`);
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-9]\d* calls/);
  await expect(page).toHaveURL(/theme=dark/);
  const other = await pasted(browser, page.url());
  await expect(other.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-9]\d* calls/);
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
  // Lanes are sorted in slices, a moment later.
  await expect.poll(() => seen(page)).not.toContain('Timeline of single calls');
  await expect.poll(() => seen(other)).toEqual(await seen(page));
  expect(other.url()).toBe(page.url());

  await other.goto('/sessions');
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('a theme that is chosen on the page is in its address', async ({ page, context }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(await startReplay(context, 'go-handle', { speed: 1, upTo: ALL }));
  await page.getByRole('button', { name: 'Switch to light theme' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page).toHaveURL(/theme=light/);
});

test('an address edited by hand into nonsense opens the page as if it said nothing', async ({ page, context }) => {
  const path = await startReplay(context, 'go-handle', { speed: 1, upTo: ALL });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(
    `${path}?w=99-1&t=NaN&l=1e9-&y=%00&tab=%F0%9F%92%A9&call=-7&sort=;drop&g=99999999999999999999&theme=red`,
  );
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-9]\d* calls/);
  await expect(page).toHaveURL(/\?theme=(dark|light)$/);
  expect(problems).toEqual([]);
});

test('a view far outside of the trace shows the trace and says so; a filter that matches nothing says so, too', async ({
  page,
  context,
}) => {
  const path = await startReplay(context, 'go-handle', { speed: 1, upTo: ALL });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${path}?w=900000000000000-900000001000000&g=4000000000&call=1000000000`);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /8,713 calls/);
  await expect(page.getByTestId('heat-note')).toHaveText(/outside of this trace/);
  await expect(page.getByTestId('lanes-empty')).toContainText('match the filter');
  expect(problems).toEqual([]);
});

for (const id of ['nosuchsession', '%2e%2e%2f', '%F0%9F%92%A9', 'x'.repeat(3000)]) {
  test(`a session that is not there says so and offers the others: ${id.slice(0, 12)}`, async ({ page }) => {
    await page.goto(`/session/${id}?tab=plan`);
    await expect(page.getByRole('main')).toContainText(/no (such )?session/i);
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
  });
}
