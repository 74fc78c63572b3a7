/**
 * The pictures of the README: `npx tsx e2e/browser/screenshots.ts`, after a build.
 *
 * The session page replays a recording of a real trace, so it needs no privileges. The home page shows the plan of
 * the demo, for which binaries are read but nothing is traced. What a picture says of the machine it was taken on is
 * nobody's business: of the processes only the dashboard's own are shown, and its name and folder are replaced.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import type { Environment } from '../../lib/protocol/environment.ts';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import { root } from '../../scripts/toolchain.mjs';
import { type Dashboard, signIn, startDashboard } from './dashboard.ts';

const FOLDER = join(root, 'public/screenshots');
const VIEWPORT = { width: 1440, height: 900 };
const RECORDING = 'A Go service';
/** Calls on the heat map, at about 290 a second: 27 of the 30 s of the recording. */
const CALLS = 8000;
const PATIENCE_MS = 60_000;

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const dashboard = await startDashboard();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await openPage(browser, dashboard);
    await takeHome(page);
    await takeSession(page);
  } finally {
    await browser.close();
    await dashboard.stop();
  }
}

async function openPage(browser: Browser, dashboard: Dashboard): Promise<Page> {
  const context = await browser.newContext({
    storageState: await signIn(dashboard),
    baseURL: dashboard.url,
    viewport: VIEWPORT,
    colorScheme: 'dark',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await hideMachine(context, dashboard.pid);
  return context.newPage();
}

async function takeHome(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByTestId('demo').click();
  await page.getByTestId('plan-card').waitFor();
  await page.locator('main[data-status="idle"]').waitFor();
  // The demo has been listed among the running processes, with its use of the CPU.
  await page.getByTestId('process').filter({ hasText: 'workload' }).filter({ hasText: '%' }).waitFor();
  await take(page, 'home');
}

async function takeSession(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByTestId('recording').filter({ hasText: RECORDING }).click();
  await page.locator('main[data-status="tracing"]').waitFor();
  await page.waitForFunction((wanted) => {
    const label = document.querySelector('[data-testid="heat-map"]')?.getAttribute('aria-label') ?? '';
    return Number((/([\d,]+) calls/.exec(label)?.[1] ?? '0').replaceAll(',', '')) >= wanted;
  }, CALLS);
  await take(page, 'session-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-theme="light"]').waitFor();
  await take(page, 'session-light');
}

/** Canvases follow the page by a frame, charts by two. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

/** Rewrites what the server answers, on both of socket.io's ways. */
async function hideMachine(context: BrowserContext, dashboardPid: number): Promise<void> {
  const rewrite = (packet: string) => withoutMachine(packet, dashboardPid);
  await context.route(/\/socket\.io\/.*transport=polling/, async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    await route.fulfill({ response, body: body.split('\x1e').map(rewrite).join('\x1e') });
  });
  await context.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => socket.send(typeof message === 'string' ? rewrite(message) : message));
  });
}

/** An answer without attachments: packet type 4, message type 3, the question's number, its value in JSON. */
const ANSWER = /^(43\d+)(\[.*\])$/s;

function withoutMachine(packet: string, dashboardPid: number): string {
  const [, head, json] = ANSWER.exec(packet) ?? [];
  if (head === undefined || json === undefined) return packet;
  const [answer]: unknown[] = JSON.parse(json);
  const shown = isProcessList(answer)
    ? familyOf(answer, dashboardPid)
    : isEnvironment(answer)
      ? nameless(answer)
      : answer;
  return `${head}${JSON.stringify([shown]).replaceAll(root, '/opt/heatprobe')}`;
}

function isProcessList(answer: unknown): answer is readonly ProcessInfo[] {
  return Array.isArray(answer) && answer.length > 0 && 'commandLine' in answer[0];
}

function isEnvironment(answer: unknown): answer is Environment {
  return typeof answer === 'object' && answer !== null && 'kernel' in answer;
}

function nameless(environment: Environment): Environment {
  return { ...environment, host: 'demo', kernel: environment.kernel.replace(/-.*/, '') };
}

function familyOf(processes: readonly ProcessInfo[], ancestor: number): readonly ProcessInfo[] {
  const family = new Set([ancestor]);
  // A child may be listed before its parent.
  for (let known = 0; known < family.size; ) {
    known = family.size;
    for (const { pid, ppid } of processes) if (family.has(ppid)) family.add(pid);
  }
  return processes.filter(({ pid }) => family.has(pid));
}

await main();
