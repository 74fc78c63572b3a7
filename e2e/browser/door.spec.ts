/** Who gets in, and what a browser sees where nothing can be traced. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { type Dashboard, signIn, startDashboard } from './dashboard.ts';

test.describe('without a sign-in', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test('nothing is visible: pages, files and sockets', async ({ page, request }) => {
    for (const path of ['/', '/sessions', '/session/x', '/gallery', '/icon.svg', '/_next/static/x.js']) {
      const response = await request.get(path);
      expect(response.status(), path).toBe(401);
    }
    await page.goto('/');
    await expect(page.getByRole('heading')).toHaveText('Sign in');
    const socket = await request.get('/socket.io/?EIO=4&transport=polling');
    expect((await socket.text()).startsWith('0')).toBe(true);
    const { sid } = JSON.parse((await socket.text()).slice(1));
    await request.post(`/socket.io/?EIO=4&transport=polling&sid=${sid}`, {
      data: '40',
      headers: { 'content-type': 'text/plain' },
    });
    const answer = await request.get(`/socket.io/?EIO=4&transport=polling&sid=${sid}`);
    expect(await answer.text()).toContain('unauthorized');
  });
});

test.describe('a dashboard of its own', () => {
  test.use({ storageState: { cookies: [], origins: [] } });
  let dashboard: Dashboard;
  test.beforeAll(async () => {
    dashboard = await startDashboard({ HEATPROBE_BPFTRACE: '/nowhere/bpftrace' });
  });
  test.afterAll(() => dashboard.stop());

  test('a sign-in link works once; the cookie is out of reach for scripts', async ({ page, context }) => {
    const link = await dashboard.link();
    await page.goto(link);
    await expect(page).toHaveURL(`${dashboard.url}/`);
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect(await page.evaluate(() => document.cookie)).toBe('');
    const again = await context.request.get(link, { maxRedirects: 0 });
    expect(again.status()).toBe(401);
    expect(await again.text()).toContain('used before');
  });

  test('another host name and another origin are refused', async () => {
    const { port } = new URL(dashboard.url);
    const ask = (headers: Record<string, string>, path = '/') =>
      new Promise<number>((resolve) => {
        const request = httpRequest({ host: '127.0.0.1', port, path, headers }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        request.end();
      });
    expect(await ask({ host: 'evil.example' })).toBe(403);
    expect(await ask({ host: `localhost:${port}`, origin: 'http://evil.example' })).toBe(403);
    const socket = '/socket.io/?EIO=4&transport=polling';
    expect(await ask({ host: 'evil.example' }, socket)).toBe(403);
    expect(await ask({ host: `localhost:${port}`, origin: 'http://evil.example' }, socket)).toBe(403);
    expect(await ask({ host: `localhost:${port}`, origin: `http://localhost:${port}` }, socket)).toBe(200);
  });

  test('where bpftrace is missing the page says so, and a recording can be replayed', async ({ browser }) => {
    const context = await browser.newContext({ storageState: await signIn(dashboard), baseURL: dashboard.url });
    const page = await context.newPage();
    await page.goto('/');
    const panel = page.getByTestId('environment-panel');
    await expect(panel).toContainText('bpftrace');
    await expect(panel).toContainText(/apt-get install bpftrace/);
    await page.getByTestId('recording').first().click();
    await page.waitForURL(/\/session\//);
    await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing');
    await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-9][\d,]* calls/);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');
    await context.close();
  });

  test('an unknown session is a clear page with a way back', async ({ browser }) => {
    const context = await browser.newContext({ storageState: await signIn(dashboard), baseURL: dashboard.url });
    const page = await context.newPage();
    await page.goto('/session/no-such-session');
    await expect(page.locator('main')).toContainText('There is no session no-such-session');
    await expect(page.getByRole('link', { name: /heatprobe|trace/i }).first()).toBeVisible();
    await context.close();
  });

  test('a stranger who holds a connection open cannot keep the server from ending', async () => {
    const own = await startDashboard();
    const stranger = connect(Number(new URL(own.url).port), '127.0.0.1');
    stranger.on('error', () => {});
    await once(stranger, 'connect');
    stranger.write('GET / HTTP/1.1\r\nHo');
    const began = performance.now();
    expect(await own.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(5000);
    stranger.destroy();
  });

  test('a request target that is no address is answered', async () => {
    const { port } = new URL(dashboard.url);
    const stranger = connect(Number(port), '127.0.0.1');
    stranger.end(`GET // HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
    let answer = '';
    for await (const bytes of stranger) answer += bytes;
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('the page survives the end of the server and says that it is reconnecting', async ({ browser }) => {
    const own = await startDashboard();
    const context = await browser.newContext({ storageState: await signIn(own), baseURL: own.url });
    const page = await context.newPage();
    await page.goto('/');
    await expect(page.getByTestId('environment')).toContainText('ready');
    expect(await own.stop()).toBe(0);
    await expect(page.getByTestId('connection-notice')).toContainText(/[Rr]econnect/);
    await context.close();
  });
});
