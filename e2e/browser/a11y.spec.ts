/** What axe finds: contrast, names, roles, keyboard; in both themes, on a desk and on a phone. And what a page says when its sign-in is gone. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { startReplay } from './replay.ts';

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/**
 * The gallery holds every part in every state and takes axe seconds: each theme and each size once. Colours do not
 * depend on the size, nor names and roles on the theme.
 */
const LOOKS = [
  { colorScheme: 'dark', size: 'desk', paths: ['/gallery', '/', '/sessions'] },
  { colorScheme: 'light', size: 'phone', paths: ['/gallery', '/', '/sessions'] },
  { colorScheme: 'light', size: 'desk', paths: ['/', '/sessions'] },
  { colorScheme: 'dark', size: 'phone', paths: ['/', '/sessions'] },
] as const;

const REPEATED = ['Charts: one call', 'Charts: nine decades and several processes', 'Session ended']
  .map((title) => `section[aria-label="${title}"]`)
  .join(', ');

async function expectNothingToComplainAbout(page: Page, disabledRules: string[] = []): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Bars without words, hidden from readers: nothing to find in a thousand of them.
    .exclude('.recharts-wrapper')
    // Frames of the gallery that differ from others only in their numbers.
    .exclude(REPEATED)
    .disableRules(disabledRules)
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary })),
  );
  expect(found).toEqual([]);
}

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

async function replay(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByTestId('recording').first().click();
  await page.waitForURL(/\/session\//);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing');
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-9]\d+ calls/);
}

async function stop(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');
}

for (const { colorScheme, size, paths } of LOOKS) {
  test.describe(`${colorScheme}, ${size}`, () => {
    test.use({ colorScheme, viewport: SIZES[size] });
    for (const path of paths) {
      test(`nothing to complain about on ${path}, and nothing wider than the screen`, async ({ page }) => {
        await page.goto(path);
        await expect(page.locator('main')).toHaveAttribute('data-status', 'idle');
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        // The gallery shows the same parts many times over, each with its own name only within its frame.
        await expectNothingToComplainAbout(page, path === '/gallery' ? ['landmark-unique'] : []);
        expect(await width(page)).toBeLessThanOrEqual(SIZES[size].width);
      });
    }
  });
}

test.describe('a session while it is live', () => {
  for (const { colorScheme, size } of LOOKS.slice(0, 2)) {
    test(`${colorScheme}, ${size}: nothing to complain about in any tab`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(SIZES[size]);
      await replay(page);
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      await expectNothingToComplainAbout(page);
      for (const name of ['Calls', 'In progress', 'Plan', 'Probes']) {
        await page.getByRole('tab', { name }).click();
        await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
        expect(await width(page)).toBeLessThanOrEqual(SIZES[size].width);
      }
      await page.getByRole('tab', { name: 'Plan' }).click();
      await expectNothingToComplainAbout(page);
      await stop(page);
    });
  }
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`${colorScheme}: nothing to complain about while the picture is not up to date, and it says that it is not`, async ({
    page,
    context,
  }) => {
    await page.emulateMedia({ colorScheme });
    const sockets = new Set<() => Promise<void>>();
    let isAway = false;
    await page.routeWebSocket(/\/socket\.io\//, (socket) => {
      if (isAway) void socket.close();
      else {
        socket.connectToServer();
        sockets.add(() => socket.close());
      }
    });
    await page.route(/\/socket\.io\//, (route) => (isAway ? route.abort() : route.continue()));
    await page.goto(await startReplay(context, 'go-handle', { speed: 1, upTo: 8 }));
    await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-9]\d* calls/);
    await expect(page.locator('main')).not.toHaveAttribute('data-stale');
    await expect.poll(() => sockets.size).toBeGreaterThan(0);
    isAway = true;
    for (const close of sockets) await close();
    await expect(page.locator('main')).toHaveAttribute('data-stale');
    await expect(page.getByTestId('transport')).toHaveText('No new data');
    await expect(page.getByTestId('live-badge')).toContainText('Reconnecting');
    expect(
      await page
        .locator('main canvas')
        .first()
        .evaluate((canvas) => getComputedStyle(canvas).filter),
    ).toBe('grayscale(1)');
    await expectNothingToComplainAbout(page);
  });
}

test('a page whose sign-in is gone says so, and comes back with the sign-in', async ({ page, context }) => {
  let drop: (() => Promise<void>) | undefined;
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      server.send(message);
      // A question of the page: the socket has taken over from polling, so closing it is felt.
      if (String(message).startsWith('42')) drop = () => socket.close();
    });
  });
  await page.goto('/sessions');
  await expect(page.locator('main')).toHaveAttribute('data-status', 'idle');
  await expect.poll(() => drop).toBeDefined();
  const cookies = await context.cookies();
  await context.clearCookies();
  await drop?.();
  const notice = page.getByTestId('connection-notice');
  await expect(notice).toContainText('Not signed in. Open the sign-in link');
  await context.addCookies(cookies);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(notice).toHaveCount(0);
});
