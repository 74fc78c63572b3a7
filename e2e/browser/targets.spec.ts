/** Who is traced: the list of processes, targets of before, a path, and a command that is started for the trace. */
import { expect, type Page, test } from '@playwright/test';
import { whyNoUprobes } from '../../scripts/uprobes.mjs';
import { buildTarget } from '../targets/build.ts';
import { startTarget } from '../targets/start.ts';

const reason = whyNoUprobes();
const noProbes = reason !== undefined && process.env.REQUIRE_BPF !== '1';

const rowOf = (page: Page, pid: number) => page.locator(`[data-testid="process"][data-pid="${pid}"]`);

async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.insertText(text);
}

test.describe('the list of processes', () => {
  test('a busy one stands first and says how busy; by start time the youngest does', async ({ page }) => {
    const busy = startTarget('/bin/sh', ['-c', 'while :; do :; done']);
    await page.goto('/');
    const row = rowOf(page, busy.pid);
    await expect(row.getByTestId('process-figure')).toHaveText(/^\d+\.\d %$/);
    const use = row.getByTestId('process-figure').locator('span');
    await expect(use).toHaveAttribute('title', /of one core, over [1-9]\.\d s$/);
    expect(Number.parseFloat((await use.textContent()) ?? '')).toBeGreaterThan(10);
    await page.getByRole('button', { name: 'Started' }).click();
    await expect(rowOf(page, busy.pid).getByTestId('process-figure')).toHaveText(/^\d+ (s|min)$/);
    busy.kill('SIGKILL');
  });

  test('rows keep their places while the pointer is among them, also when one ends', async ({ page }) => {
    const victim = startTarget('/bin/sleep', ['300']);
    await page.goto('/');
    await page.getByRole('button', { name: 'Started' }).click();
    await expect(rowOf(page, victim.pid)).toBeVisible();
    await page.getByTestId('process').first().hover();
    await expect(page.getByText('order held')).toBeVisible();
    const order = () =>
      page.getByTestId('process').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-pid')));
    const place = async () => (await order()).indexOf(String(victim.pid));
    const before = await place();
    const newcomer = startTarget('/bin/sleep', ['300']);
    victim.kill('SIGKILL');
    await expect(rowOf(page, victim.pid)).toContainText('ended');
    expect(await place()).toBe(before);
    expect((await order()).slice(0, before)).not.toContain(String(newcomer.pid));
    await page.mouse.move(900, 500);
    await expect(rowOf(page, victim.pid)).toHaveCount(0);
    await expect(rowOf(page, newcomer.pid)).toBeVisible();
    newcomer.kill('SIGKILL');
  });

  test('a search forgives missing letters, and says user and container', async ({ page }) => {
    const sleeper = startTarget('/bin/sleep', ['3077']);
    await page.goto('/');
    await search(page, 'slp 3077');
    const row = rowOf(page, sleeper.pid);
    await expect(row).toContainText('sleep 3077');
    await expect(row.getByTestId('process-user')).toHaveText(/^user \S+/);
    await expect(row.getByTestId('process-container')).toHaveText(/^container (–|\S+)$/);
    sleeper.kill('SIGKILL');
  });
});

test.describe('a path', () => {
  const failures = [
    ['/no/such/file', 'There is no file /no/such/file'],
    ['/etc', '/etc is a directory'],
    ['/etc/passwd', 'not a program that can be traced'],
    ['/usr/bin/ldd', 'it is a script'],
  ] as const;
  for (const [path, words] of failures) {
    test(`${path}: ${words}`, async ({ page }) => {
      await page.goto('/');
      await search(page, path);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('region', { name: 'Function' })).toContainText(words);
    });
  }

  test('a relative one says what is missing', async ({ page }) => {
    await page.goto('/');
    await search(page, './tool');
    await expect(page.getByTestId('targets')).toContainText('is not an absolute path');
  });
});

test('what was opened is offered again, can be pinned and forgotten, by keyboard alone', async ({ page }) => {
  const file = await buildTarget('cpp/names');
  await page.goto('/');
  await search(page, file);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('symbol').first()).toBeVisible();
  await page.goto('/');
  const remembered = page.getByTestId('remembered');
  await expect(remembered).toHaveCount(1);
  await page.keyboard.press('/');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('symbol').first()).toBeVisible();
  await page.getByTestId('pin').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Pinned', { exact: true })).toBeVisible();
  await page.goto('/');
  await expect(page.getByText('Pinned', { exact: true })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Delete');
  await expect(remembered).toHaveCount(0);
});

test('a damaged store does no harm', async ({ page }) => {
  await page.addInitScript(() =>
    window.localStorage.setItem('heatprobe.targets', '{"version":1,"recent":[7,{"target":0}]}'),
  );
  await page.goto('/');
  await expect(page.getByTestId('process').first()).toBeVisible();
  await expect(page.getByTestId('remembered')).toHaveCount(0);
});

test.describe('a command under trace', () => {
  async function typeCommand(page: Page, line: string): Promise<void> {
    await page.goto('/');
    await page.getByTestId('command-option').click();
    await expect(page.getByRole('textbox', { name: 'Command line' })).toBeFocused();
    await page.keyboard.insertText(line);
  }
  const choose = { name: 'Choose a function' };

  test('what needs a shell is said, and nothing can be started', async ({ page }) => {
    await typeCommand(page, 'cat *.log | wc -l');
    await expect(page.getByTestId('command-trouble')).toContainText('Patterns such as *.txt are not expanded');
    await expect(page.getByRole('button', choose)).toBeDisabled();
    await page.getByRole('textbox', { name: 'Command line' }).fill(`sh -c 'cat *.log | wc -l' ""`);
    await expect(page.getByTestId('arguments').getByRole('listitem')).toHaveText([
      'sh',
      '-c',
      'cat *.log | wc -l',
      'empty',
    ]);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('command-dialog')).not.toBeVisible();
  });

  test('a program that is not there is said where it was typed', async ({ page }) => {
    await typeCommand(page, 'no-such-program --fast');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('command-dialog')).toContainText('There is no program no-such-program in PATH.');
  });

  test('it runs once the probes are in place: every call is counted, and its exit status ends the session', async ({
    page,
  }) => {
    test.skip(noProbes, `no probes here: ${reason}`);
    const executable = await buildTarget('c/sleep');
    await typeCommand(page, `'${executable}' 2`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Function' })).toBeFocused();
    await page.keyboard.insertText('doze');
    await page.getByTestId('symbol').filter({ hasText: 'doze' }).first().click();
    await expect(page.getByTestId('command-to-start').getByRole('listitem')).toHaveText([executable, '2']);
    await page.getByTestId('start').click();
    await page.waitForURL(/\/session\//);
    await expect(page.locator('main')).toHaveAttribute('data-status', 'ended', { timeout: 60_000 });
    await expect(page.getByTestId('outcome')).toContainText('The command has ended with exit status 0.');
    await page.getByTestId('command-output').getByText('What the command printed last').click();
    const { returned } = JSON.parse((await page.getByTestId('command-output').locator('pre').textContent()) ?? '{}');
    expect(returned).toBe(680);
    await expect(page.getByTestId('figure-returned')).toContainText('680');
    await page.goto('/sessions');
    await expect(
      page
        .getByTestId('session-row')
        .filter({ hasText: /command \d+/ })
        .first(),
    ).toBeVisible();
  });

  test('Stop ends the command as well', async ({ page }) => {
    test.skip(noProbes, `no probes here: ${reason}`);
    const executable = await buildTarget('c/sleep');
    await typeCommand(page, `${executable} 1000`);
    await page.keyboard.press('Enter');
    await page.getByTestId('symbol').filter({ hasText: 'doze' }).first().click();
    await page.getByTestId('start').click();
    await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing', { timeout: 60_000 });
    const pid = Number(/command, pid (\d+)/.exec((await page.locator('header').textContent()) ?? '')?.[1]);
    expect(pid).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(page.locator('main')).toHaveAttribute('data-status', 'ended', { timeout: 60_000 });
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
