/** What the page says while the server is away or silent, and that nothing is lost by it. */
import { expect, type Page, test } from '@playwright/test';
import { whyNoUprobes } from '../../scripts/uprobes.mjs';
import { signIn, startDashboard } from './dashboard.ts';
import { ALL, startReplay } from './replay.ts';

const reason = whyNoUprobes();

interface Wire {
  /** Cuts the connection, and every new one, until it is let through again. */
  cut: boolean;
  /** The connection stands, but nothing more comes from the server. */
  silent: boolean;
  close: (() => Promise<void>) | undefined;
}

async function wireOf(page: Page): Promise<Wire> {
  const wire: Wire = { cut: false, silent: false, close: undefined };
  await page.route(/\/socket\.io\//, (route) => (wire.cut ? route.abort() : route.continue()));
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    if (wire.cut) {
      socket.close();
      return;
    }
    const server = socket.connectToServer();
    wire.close = () => socket.close();
    let swallowing = false;
    server.onMessage((message) => {
      // A message with attachments is several frames: it is swallowed whole or not at all.
      if (typeof message === 'string' && message.startsWith('4')) swallowing = wire.silent;
      if (!swallowing) socket.send(message);
    });
  });
  return wire;
}

const colours = (page: Page): Promise<string> =>
  page
    .locator('main canvas')
    .first()
    .evaluate((element) => getComputedStyle(element).filter);

test('a connection that drops is said, the picture turns grey, and afterwards no call is missing', async ({
  page,
  context,
}) => {
  const wire = await wireOf(page);
  await page.goto(await startReplay(context, 'go-handle', { speed: 1, upTo: 3 }));
  const badge = page.getByTestId('live-badge');
  const returned = page.getByTestId('figure-returned').locator('dd');
  await expect(badge).toContainText('Replay');
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-9]\d* calls/);
  expect(await colours(page)).toBe('none');
  // Frames go over the socket once it has taken over from polling.
  await expect.poll(() => wire.close).toBeDefined();

  wire.cut = true;
  await wire.close?.();
  await expect(badge).toContainText('Reconnecting');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeDisabled();
  await expect.poll(() => colours(page)).toContain('grayscale');
  const before = await returned.textContent();
  expect(before).toMatch(/^\d/);

  wire.cut = false;
  await expect(badge).toContainText('Replay');
  expect(await colours(page)).toBe('none');
  await expect.poll(() => returned.textContent()).not.toBe(before);
  await page.getByRole('button', { name: 'to the end' }).click();
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');

  const whole = await context.newPage();
  await whole.goto(await startReplay(context, 'go-handle', { speed: 1, upTo: ALL }));
  await expect(whole.locator('main')).toHaveAttribute('data-status', 'ended');
  const all = (await whole.getByTestId('figure-returned').locator('dd').textContent()) ?? '';
  await expect(returned).toHaveText(all);
  const said = (await whole.getByTestId('histogram').getAttribute('aria-label')) ?? '';
  await expect(page.getByTestId('histogram')).toHaveAttribute('aria-label', said);
});

test('a live picture whose ticks do not come is grey and says since when; a clock five hours ahead changes nothing', async ({
  page,
}) => {
  test.skip(reason !== undefined && process.env.REQUIRE_BPF !== '1', `no probes here: ${reason}`);
  await page.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 5 * 3600 * 1000;
  });
  const wire = await wireOf(page);
  await page.goto('/');
  await page.getByTestId('demo').click();
  await expect(page.getByTestId('plan-card')).toContainText('Safe');
  await page.getByTestId('start').click();
  await page.waitForURL(/\/session\//);
  const badge = page.getByTestId('live-badge');
  await expect(badge).toContainText(/Live.*· \d{2,3} ms behind/, { timeout: 60_000 });
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-9]\d* calls/);

  await expect.poll(() => wire.close).toBeDefined();
  wire.silent = true;
  await expect(badge).toContainText(/No news.*for \d+ s/);
  await expect.poll(() => colours(page)).toContain('grayscale');

  wire.silent = false;
  await expect(badge).toContainText(/Live.*· \d{2,3} ms behind/);
  await expect.poll(() => colours(page)).toBe('none');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended', { timeout: 60_000 });
});

test('after the server was killed and started anew the page says how to get back, and that a replay is gone with it', async ({
  browser,
}) => {
  const first = await startDashboard();
  const context = await browser.newContext({ storageState: await signIn(first), baseURL: first.url });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByTestId('recording').first().click();
  await page.waitForURL(/\/session\//);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeEnabled();
  await first.stop('SIGKILL');
  const second = await startDashboard({}, Number(new URL(first.url).port));
  try {
    await expect(page.getByTestId('live-badge')).toContainText('Not signed in');
    await expect(page.getByTestId('connection-notice')).toContainText('recorded sessions are still there');
    await expect(page.getByRole('button', { name: 'Stop' })).toBeDisabled();
    const session = page.url();
    await context.addCookies((await signIn(second)).cookies);
    await page.goto(session);
    await expect(page.locator('main')).toContainText('There is no session');
    await expect(page.locator('main')).toContainText('such sessions live only as long as the server');
    await context.close();
  } finally {
    await second.stop();
  }
});
