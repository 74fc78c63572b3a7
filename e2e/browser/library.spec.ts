/** The list of recordings: searched, pinned, deleted and taken back. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openDirectory } from '../../server/store/directory.ts';
import { createRecorder } from '../../server/store/recorder.ts';
import { someHead, someTick } from '../../server/store/samples.ts';
import { signIn, startDashboard } from './dashboard.ts';

const ORIGIN = { heatprobe: '0.1.0', host: 'build7', kernel: '6.12.0', bpftrace: '0.23.2' };
const ENDED = { state: 'ended', cause: { kind: 'stopped' }, removed: null } as const;

/** A data directory with recordings of functions of these names, the last the latest. */
async function recorded(...names: string[]): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'heatprobe-data-'));
  let left = names.length;
  await new Promise<void>((resolve) => {
    const tell = () => {
      left -= 1;
      if (left === 0) resolve();
    };
    const recorder = createRecorder({ directory: openDirectory(data, 'sessions'), tell, reserve: 0 });
    names.forEach((name, index) => {
      const { subject, ...rest } = someHead(`session-${index}`);
      const symbol = { ...subject.symbol, name, demangled: name };
      const head = { ...rest, subject: { ...subject, symbol }, createdAt: Date.now() - 1e6 + index * 1e5 };
      recorder.hear({ kind: 'begin', head, origin: ORIGIN });
      for (let seq = 1; seq <= 50; seq++) recorder.hear({ kind: 'tick', id: head.id, tick: someTick(seq, 40) });
      recorder.hear({ kind: 'end', head: { ...head, status: ENDED } });
    });
  });
  return data;
}

test('recordings are found by their words, pinned, deleted, and taken back', async ({ browser }) => {
  const dashboard = await startDashboard({ HEATPROBE_DATA: await recorded('main.parse', 'main.serve', 'main.encode') });
  try {
    const context = await browser.newContext({ storageState: await signIn(dashboard), baseURL: dashboard.url });
    const page = await context.newPage();
    await page.goto('/sessions');
    const rows = page.getByTestId('session-row');
    await expect(rows).toHaveText([/main\.encode/, /main\.serve/, /main\.parse/]);
    await expect(page.getByTestId('kept')).toContainText('3 sessions kept');

    const search = page.getByRole('searchbox', { name: 'Search sessions' });
    await search.fill('build7 serve');
    await expect(rows).toHaveText([/main\.serve/]);
    await search.fill('nothing has this');
    await expect(page.locator('main')).toContainText('No session has all of these words.');
    await search.fill('');

    await page.getByRole('button', { name: 'Pin main.parse' }).click();
    await expect(page.getByRole('button', { name: 'Pin main.parse' })).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'Delete main.serve' }).click();
    await expect(rows).toHaveText([/main\.encode/, /main\.parse/]);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(rows).toHaveCount(3);

    await rows.filter({ hasText: 'main.serve' }).getByRole('link').click();
    await expect(page.getByTestId('figure-returned').locator('dd')).toContainText('2,000');
    await context.close();
  } finally {
    await dashboard.stop();
  }
});
