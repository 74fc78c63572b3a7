/** The life of a link, in several browsers: live, opened late, ended, revoked, expired, and over a restart of the server. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { isProblem } from '../../lib/problem.ts';
import { ALL_OFF } from '../../lib/share/switches.ts';
import { whyNoUprobes } from '../../scripts/uprobes.mjs';
import { type Dashboard, signIn, startDashboard } from './dashboard.ts';
import { ask } from './question.ts';
import { ALL, startReplay } from './replay.ts';

const RECORDING = 'go-handle';
/** Where its program was, which the link does not show. */
const DIRECTORY = '/usr/bin';
const SLOW = { speed: 1, upTo: 5 };

const opened: BrowserContext[] = [];
test.afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
});

/** Somebody else's browser: never signed in. */
async function stranger(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  opened.push(context);
  return context.newPage();
}

async function open(browser: Browser, link: string): Promise<Page> {
  const page = await stranger(browser);
  await page.goto(link);
  return page;
}

const calls = (page: Page) => page.getByTestId('heat-map');
const status = (page: Page, state: string) => expect(page.locator('main')).toHaveAttribute('data-status', state);
const picture = async (page: Page): Promise<string> => (await calls(page).getAttribute('aria-label')) ?? '';

/** Shares from the panel, as a user does; the link that is shown and copied. */
async function share(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy a new link' }).click();
  const link = await page.getByTestId('new-link').inputValue();
  await page.keyboard.press('Escape');
  return link;
}

test('one click puts a link on the clipboard; it shows the same picture live, to two people, in the same view', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${await startReplay(context, RECORDING, SLOW)}?y=linear&tab=open`);
  await status(page, 'tracing');
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByTestId('share-dialog');
  await expect(dialog.getByTestId('reach')).toContainText('ssh -L');
  for (const box of await dialog.getByRole('checkbox').all()) await expect(box).not.toBeChecked();
  expect((await new AxeBuilder({ page }).include('[data-testid=share-dialog]').analyze()).violations).toEqual([]);
  await dialog.getByRole('button', { name: 'Copy a new link' }).click();
  await expect(dialog.getByRole('status').first()).toHaveText('The link is on the clipboard.');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/s\/[\w-]{43}\?y=linear&tab=open&theme=(dark|light)$/);
  expect(await dialog.getByTestId('new-link').inputValue()).toBe(link);

  const first = await open(browser, link);
  const late = await open(browser, link);
  for (const viewer of [first, late]) {
    await status(viewer, 'tracing');
    await expect(viewer).toHaveURL(/\/s\/[\w-]{12}\?y=linear&tab=open&theme=/);
    await expect(viewer.getByRole('tab', { name: /In progress/ })).toHaveAttribute('aria-selected', 'true');
    await expect(viewer.getByTestId('viewers')).toHaveText('3 viewers');
  }
  await expect(dialog.getByTestId('share-row')).toContainText('2 viewers now');
  const before = await picture(first);
  await expect.poll(() => picture(first)).not.toBe(before);
  await late.close();
  await expect(first.getByTestId('viewers')).toHaveText('2 viewers');
});

test('who has the link has no controls of the owner, is sent nothing that is hidden, and keeps it over a reload', async ({
  page,
  context,
  browser,
}) => {
  await page.goto(await startReplay(context, RECORDING, SLOW));
  const link = await share(page);
  const viewer = await stranger(browser);
  const received: string[] = [];
  viewer.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => received.push(String(payload))));
  viewer.on('response', async (response) => received.push(await response.text().catch(() => '')));
  await viewer.goto(link);
  await status(viewer, 'tracing');
  await expect(viewer.getByTestId('role')).toHaveText('You are looking; only the owner can stop it');
  await viewer.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    viewer.waitForEvent('download'),
    viewer.getByRole('menuitem', { name: 'calls.csv' }).click(),
  ]);
  const file = readFileSync(await download.path(), 'utf8');
  expect(file).toContain('main.handle');
  expect(file).not.toContain(DIRECTORY);
  for (const name of ['Stop', 'Share', 'Compare', 'Trace again', 'to the end']) {
    await expect(viewer.getByRole('button', { name, exact: true })).toHaveCount(0);
  }
  await expect(viewer.getByRole('link')).toHaveCount(0);
  await viewer.getByRole('tab', { name: 'Plan' }).click();
  await expect(viewer.getByTestId('plan-card')).toContainText('main.handle');
  await expect(viewer.getByTestId('disassembly')).toHaveCount(0);
  await viewer.getByRole('tab', { name: 'Probes' }).click();
  await viewer.keyboard.press('Control+k');
  await expect(viewer.getByTestId('palette')).toBeVisible();
  await expect(viewer.getByTestId('command').filter({ hasText: /Stop|Trace|Go to|List of|Share|Compare/ })).toHaveCount(
    0,
  );
  await viewer.keyboard.press('Escape');
  expect((await new AxeBuilder({ page: viewer }).analyze()).violations).toEqual([]);
  await viewer.reload();
  await status(viewer, 'tracing');
  const text = received.join('\n') + (await viewer.content());
  expect(text).toContain('main.handle');
  expect(text).not.toContain(DIRECTORY);
  // Neither is the secret of the link in anything that stays.
  const [token = ''] = /[\w-]{43}/.exec(new URL(link).pathname) ?? [];
  expect(`${text}${viewer.url()}${await viewer.title()}`).not.toContain(token);
  expect(await viewer.evaluate(() => document.cookie)).toBe('');
});

test('whatever a viewer’s page asks beyond looking is refused, and so is every other address', async ({
  page,
  context,
  browser,
}) => {
  const address = await startReplay(context, RECORDING, SLOW);
  const sessionId = address.split('/').at(-1) ?? '';
  const other = (await startReplay(context, RECORDING, SLOW)).split('/').at(-1) ?? '';
  await page.goto(address);
  const viewer = await open(browser, await share(page));
  await status(viewer, 'tracing');
  const id = new URL(viewer.url()).pathname.split('/').at(-1) ?? '';
  const questions = [
    ['session:stop', { sessionId }],
    ['replay:pace', { sessionId, speed: 16, upTo: ALL }],
    ['session:join', { sessionId: other }],
    ['calls:before', { sessionId: other, number: 9, limit: 1 }],
    ['sessions:list', null],
    ['processes:list', null],
    ['environment:get', null],
    ['binary:open', { pid: null, path: '/bin/sh' }],
    ['command:open', { args: ['/bin/sh'] }],
    ['replay:start', { name: RECORDING, speed: 1, upTo: 0 }],
    ['plan:code', { sessionId }],
    ['shares:list', { sessionId }],
    ['share:create', { sessionId, switches: ALL_OFF, lifetime: 'until revoked' }],
    ['share:revoke', { shareId: id }],
  ] as const;
  /** Speaks with the server as the page does, with its cookies; `auth` says who it claims to be. */
  const answers = (auth: object) =>
    viewer.evaluate(
      async ({ auth, questions }) => {
        const base = '/socket.io/?EIO=4&transport=polling';
        const { sid } = JSON.parse((await (await fetch(base)).text()).slice(1));
        const url = `${base}&sid=${sid}`;
        const send = (body: string) => fetch(url, { method: 'POST', body });
        await send(`40${JSON.stringify(auth)}`);
        let heard = await (await fetch(url)).text();
        if (!heard.startsWith('40')) return heard;
        for (const [index, question] of questions.entries()) await send(`42${index}${JSON.stringify(question)}`);
        while (heard.split('"problem"').length <= questions.length) heard += await (await fetch(url)).text();
        return heard;
      },
      { auth, questions },
    );
  expect(await answers({})).toContain('unauthorized');
  expect(await answers({ share: 'AAAAAAAAAAAA' })).toContain('unauthorized');
  expect((await answers({ share: id })).match(/"problem":"not-for-viewers"/g)).toHaveLength(questions.length);
  for (const path of ['/', '/sessions', address, `${address}/export/calls.csv`, '/gallery']) {
    expect((await viewer.request.get(path)).status(), path).toBe(401);
  }
  await status(page, 'tracing');
  await status(viewer, 'tracing');
});

test('on a phone the header has room for who shares and for who looks', async ({ page, context, browser }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(await startReplay(context, RECORDING, SLOW));
  const viewer = await stranger(browser);
  await viewer.setViewportSize({ width: 360, height: 740 });
  await viewer.goto(await share(page));
  for (const one of [page, viewer]) {
    await status(one, 'tracing');
    await expect(one.getByRole('button', { name: /theme/ })).toBeInViewport({ ratio: 1 });
    expect(await one.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  }
});

test('revoking cuts off who looks within a second, and nobody else; the link is gone', async ({
  page,
  context,
  browser,
}) => {
  await page.goto(await startReplay(context, RECORDING, SLOW));
  const [stays, goes] = [await share(page), await share(page)];
  const [kept, cut] = [await open(browser, stays), await open(browser, goes)];
  for (const viewer of [kept, cut]) await status(viewer, 'tracing');
  await page.getByRole('button', { name: 'Share' }).click();
  // The latest is first.
  await page.getByTestId('share-row').first().getByRole('button', { name: 'Revoke' }).click();
  await expect(cut.getByRole('heading', { level: 1 })).toHaveText('This link has ended', { timeout: 1000 });
  await expect(page.getByTestId('share-row')).toHaveCount(1);
  expect((await cut.reload())?.status()).toBe(404);
  expect((await cut.goto(goes))?.status()).toBe(404);
  const before = await picture(kept);
  await expect.poll(() => picture(kept)).not.toBe(before);
});

test('the same link is the recording when the trace has ended', async ({ page, context, browser }) => {
  await page.goto(await startReplay(context, RECORDING, SLOW));
  const link = await share(page);
  const viewer = await open(browser, link);
  await status(viewer, 'tracing');
  await page.getByRole('button', { name: 'Stop' }).click();
  await status(viewer, 'ended');
  await expect(viewer.getByTestId('role')).toHaveText('You are looking');
  await page.close();
  const late = await open(browser, link);
  await status(late, 'ended');
  expect(await picture(late)).toBe(await picture(viewer));
});

test.describe('over a restart of the server', () => {
  let dashboard: Dashboard;
  test.afterEach(async () => {
    await dashboard.stop();
  });

  test('links and their cookies go on to work, and expire', async ({ browser }) => {
    const data = mkdtempSync(join(tmpdir(), 'heatprobe-data-'));
    const env = { HEATPROBE_DATA: data };
    dashboard = await startDashboard(env);
    const { url } = dashboard;
    const { cookies } = await signIn(dashboard);
    const owner = { url, cookies };
    const started = await ask(owner, 'replay:start', { name: RECORDING, ...SLOW });
    if (isProblem(started)) throw new Error(started.message);
    const made = await ask(owner, 'share:create', { ...started, switches: ALL_OFF, lifetime: '1 hour' });
    if (isProblem(made)) throw new Error(made.message);
    const viewer = await open(browser, made.url);
    await status(viewer, 'tracing');
    await dashboard.stop();
    await expect(viewer.getByTestId('connection-notice')).toContainText(/[Rr]econnect/);

    const [file = ''] = readdirSync(join(data, 'shares')).map((name) => join(data, 'shares', name));
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    dashboard = await startDashboard(env, Number(new URL(url).port));
    await expect(viewer.getByTestId('connection-notice')).toHaveCount(0);
    expect((await viewer.reload())?.status()).toBe(200);
    expect((await viewer.goto(made.url))?.status()).toBe(200);
    await dashboard.stop();

    const soon = Date.now() + 8000;
    writeFileSync(file, JSON.stringify({ ...kept, expiresAt: soon }));
    dashboard = await startDashboard(env, Number(new URL(url).port));
    expect((await viewer.goto(made.url))?.status()).toBe(200);
    await expect(viewer.getByRole('heading', { level: 1 })).toHaveText('This link has ended');
    expect(Date.now() - soon).toBeLessThan(2000);
    expect((await viewer.goto(made.url))?.status()).toBe(404);
    expect(readdirSync(join(data, 'shares'))).toEqual([]);
  });

  test('the link of a trace that was running is its recording', async ({ browser }) => {
    const reason = whyNoUprobes();
    test.skip(reason !== undefined && process.env.REQUIRE_BPF !== '1', `no probes here: ${reason}`);
    const env = { HEATPROBE_DATA: mkdtempSync(join(tmpdir(), 'heatprobe-data-')) };
    dashboard = await startDashboard(env);
    const { url } = dashboard;
    const context = await browser.newContext({ storageState: await signIn(dashboard), baseURL: url });
    opened.push(context);
    const page = await context.newPage();
    await page.goto('/');
    await page.getByTestId('demo').click();
    await page.getByTestId('start').click();
    await page.waitForURL(/\/session\//);
    await status(page, 'tracing');
    const link = await share(page);
    const viewer = await open(browser, link);
    await expect(calls(viewer)).toHaveAttribute('aria-label', /[1-9][\d,]* calls/);
    await page.close();
    await dashboard.stop();

    dashboard = await startDashboard(env, Number(new URL(url).port));
    for (const one of [viewer, await open(browser, link)]) {
      await one.goto(link);
      await status(one, 'ended');
      await expect(calls(one)).toHaveAttribute('aria-label', /[1-9][\d,]* calls/);
      await expect(one.getByTestId('role')).toHaveText('You are looking');
    }
  });
});
