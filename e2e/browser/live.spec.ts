/** From the home page to a moving heat map, on real programs with real probes. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { whyNoUprobes } from '../../scripts/uprobes.mjs';
import { buildTarget } from '../targets/build.ts';
import { startTarget } from '../targets/start.ts';

const reason = whyNoUprobes();
test.skip(reason !== undefined && process.env.REQUIRE_BPF !== '1', `no probes here: ${reason}`);

const status = (page: Page, state: string): Promise<void> =>
  expect(page.locator('main')).toHaveAttribute('data-status', state, { timeout: 60_000 });

const label = async (chart: Locator): Promise<string> => (await chart.getAttribute('aria-label')) ?? '';

/** Calls that a chart says it shows. */
const callsIn = async (chart: Locator): Promise<number> =>
  Number((/([\d,]+) calls?/.exec(await label(chart))?.[1] ?? '0').replaceAll(',', ''));

/** The heat map moves: what it says it shows grows, and so does what it draws. */
async function expectMoving(page: Page): Promise<void> {
  const heatMap = page.getByTestId('heat-map');
  await expect.poll(() => callsIn(heatMap)).toBeGreaterThan(0);
  const before = { calls: await callsIn(heatMap), picture: await picture(heatMap) };
  await expect.poll(() => callsIn(heatMap)).toBeGreaterThan(before.calls);
  await expect.poll(() => picture(heatMap)).not.toBe(before.picture);
}

const picture = (heatMap: Locator): Promise<string> =>
  heatMap
    .locator('canvas')
    .first()
    .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''));

async function chooseFunction(page: Page, query: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Function' }).focus();
  await page.keyboard.insertText(query);
  await page.getByTestId('symbol').filter({ hasText: name }).first().click();
  await expect(page.getByTestId('plan-card')).toContainText('to measure');
}

test('the demo target: one click, a verdict, Start, a moving picture, Stop, and a proof that nothing is left', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByTestId('demo').click();
  await expect(page.getByTestId('plan-card')).toContainText('Safe');
  await expect(page.getByTestId('plan-card')).toContainText('ret');
  await page.getByTestId('start').click();
  await page.waitForURL(/\/session\//);
  await status(page, 'tracing');
  await expectMoving(page);
  await expect(page.getByTestId('histogram')).toHaveAttribute('aria-label', /calls/);
  await page.getByRole('tab', { name: /Probes/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText(/tracepoint/);
  await page.getByRole('button', { name: 'Stop' }).click();
  await status(page, 'ended');
  await expect(page.getByTestId('outcome')).toContainText(/sites|instruction/);
  const calls = await page.getByTestId('figure-returned').textContent();
  await page.reload();
  await status(page, 'ended');
  await expect(page.getByTestId('figure-returned')).toHaveText(calls ?? '');
  await expect.poll(() => callsIn(page.getByTestId('heat-map'))).toBeGreaterThan(0);
});

test('a Go client found in the list of processes is traced and lives on; a second browser sees the same, with history', async ({
  page,
  browser,
  baseURL,
}) => {
  const server = startTarget(await buildTarget('go/rpcserver'), ['1000']);
  const { port } = await server.firstLine;
  const client = startTarget(await buildTarget('go/rpcclient', { variant: 'stripped' }), [String(port), '400000', '4']);
  await page.goto('/');
  await page.keyboard.press('/');
  await page.keyboard.insertText(String(client.pid));
  await page
    .getByTestId('process')
    .filter({ hasText: String(client.pid) })
    .click();
  await chooseFunction(page, 'rpc client call', 'Call');
  await page.getByTestId('start').click();
  await status(page, 'tracing');
  await expectMoving(page);

  const state = await page.context().storageState();
  const second = await browser.newContext({ storageState: state, ...(baseURL ? { baseURL } : {}) });
  const other = await second.newPage();
  await other.goto(page.url());
  await status(other, 'tracing');
  await expect.poll(() => callsIn(other.getByTestId('heat-map'))).toBeGreaterThan(100);
  await expectMoving(other);
  await expect(page.getByText('2 viewers')).toBeVisible();

  await other.getByRole('button', { name: 'Stop' }).click();
  await status(page, 'ended');
  await status(other, 'ended');
  const figure = (of: Page) => of.getByTestId('figure-returned').textContent();
  expect(await figure(page)).toBe(await figure(other));
  await second.close();

  // The client was neither harmed nor ended.
  client.kill('SIGKILL');
  server.kill('SIGKILL');
  expect(await client.ended).toBe('SIGKILL');
});

test('a process picked from the list: its end ends the session, and what was measured stays', async ({ page }) => {
  const target = startTarget(await buildTarget('go/spin'), ['12', '300']);
  await target.firstLine;
  await page.goto('/');
  await page.keyboard.press('/');
  await page.keyboard.insertText(String(target.pid));
  await page
    .getByTestId('process')
    .filter({ hasText: String(target.pid) })
    .click();
  await chooseFunction(page, 'main.handle', 'handle');
  await page.getByTestId('start').click();
  await status(page, 'tracing');
  await expectMoving(page);
  expect(await target.ended).toBe(0);
  await status(page, 'ended');
  await expect(page.getByTestId('outcome')).toContainText(`Process ${target.pid} has ended`);
  await expect.poll(() => callsIn(page.getByTestId('heat-map'))).toBeGreaterThan(0);
});

test('a path typed into the box opens a file; a path that is none says so', async ({ page }) => {
  const file = await buildTarget('cpp/names');
  await page.goto('/');
  await page.keyboard.press('/');
  await page.keyboard.insertText('/no/such/file');
  await page.getByTestId('path-option').click();
  await expect(page.locator('main')).toContainText('There is no file /no/such/file');
  await page.getByRole('searchbox').or(page.getByRole('combobox')).first().fill(file);
  await page.getByTestId('path-option').click();
  await expect(page.getByTestId('symbol').first()).toBeVisible();
});

test('search in more than 80,000 functions answers as one types', async ({ page }) => {
  await page.goto('/');
  await page.getByTestId('demo').click();
  await expect(page.getByTestId('plan-card')).toContainText('Safe');
  await page.getByRole('combobox', { name: 'Function' }).focus();
  await page.keyboard.insertText('inflate');
  await expect(page.getByTestId('symbol').first()).toContainText('inflate');
  await page.keyboard.insertText('End');
  const begin = performance.now();
  await expect(page.getByTestId('symbol').first()).toContainText('inflateEnd');
  expect(performance.now() - begin).toBeLessThan(1_500);
});
