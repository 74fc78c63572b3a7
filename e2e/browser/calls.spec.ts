/** The single calls of a replayed recording: sorted, narrowed down, walked through, opened, handed on. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

const RECORDING = 'go-handle';
/** Single calls of the recording. */
const CALLS = 8713;
const PHONE = { width: 390, height: 844 };
/** One of the last calls of the recording: each page has it from the start. */
const LATE = 8700;

async function openReplay(page: Page, query = '', pace = { speed: 1, upTo: ALL }): Promise<void> {
  await page.goto(`${await startReplay(page.context(), RECORDING, pace)}${query ? `?${query}` : ''}`);
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /calls? /);
}

const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Calls', exact: true });
const rows = (page: Page): Locator => page.getByTestId('call-row');
const details = (page: Page): Locator => page.getByTestId('details');

/** A latency as the table writes it, in nanoseconds. */
function nanoseconds(text: string): number {
  const [, value = '', unit = ''] = /([\d.]+) (ns|µs|ms|s)/.exec(text) ?? [];
  return Number(value) * { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 }[unit as 'ns'];
}
const latencies = async (page: Page): Promise<number[]> =>
  (await rows(page).locator('td:nth-child(2)').allTextContents()).map(nanoseconds);

/** How many calls are listed once those from before the page joined have come too. */
async function everyCall(page: Page): Promise<number> {
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(CALLS + 1));
  return CALLS;
}

/** The same with a filter on. */
const everyCallLoaded = (page: Page) =>
  expect(page.getByTestId('sampled')).toContainText(new RegExp(`all ${CALLS.toLocaleString('en')} calls`, 'i'));

const listed = async (page: Page): Promise<number> => Number(await grid(page).getAttribute('aria-rowcount')) - 1;

test('all calls are in one table: slowest first, sorted by the head of each column, both ways', async ({ page }) => {
  await openReplay(page);
  await expect(rows(page).first()).toContainText('301');
  const slowest = await latencies(page);
  expect(slowest).toEqual([...slowest].sort((a, b) => b - a));
  const head = page.getByRole('columnheader', { name: 'Latency' });
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows(page).first()).toContainText('µs');
  const fastest = await latencies(page);
  expect(fastest).toEqual([...fastest].sort((a, b) => a - b));
  for (const name of ['Started', 'Goroutine', 'Thread', 'Caller', 'End', 'Stands for']) {
    const other = page.getByRole('columnheader', { name });
    await other.getByRole('button').click();
    await expect(other).not.toHaveAttribute('aria-sort', 'none');
    await expect(head).toHaveAttribute('aria-sort', 'none');
    await expect(rows(page).first()).toBeVisible();
  }
  await expect(page).toHaveURL(/sort=-standsFor/);
});

test('a range of latencies is typed with its unit; nonsense is told apart; chips take it away', async ({ page }) => {
  await openReplay(page);
  const all = await everyCall(page);
  const least = page.getByRole('textbox', { name: 'Least latency' });
  await least.fill('5');
  await least.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'unit' })).toBeVisible();
  await least.fill('10ms');
  await least.press('Enter');
  await expect(page).toHaveURL(/l=10000000-/);
  const below = page.getByRole('textbox', { name: 'Latency below' });
  await below.fill('50 ms');
  await below.press('Enter');
  await expect.poll(() => listed(page)).toBeLessThan(all);
  for (const latency of await latencies(page)) expect(latency >= 10e6 && latency < 50e6).toBe(true);
  await below.fill('1us');
  await below.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'below the greatest' })).toBeVisible();
  await page.getByTestId('filter-chip').click();
  await expect.poll(() => listed(page)).toBe(all);
  await expect(least).toHaveValue('');
});

test('a value that is clicked at offers “only this”; the list of values adds another; all go at once', async ({
  page,
}) => {
  await openReplay(page);
  const all = await everyCall(page);
  const thread = rows(page).first().locator('td').nth(4).getByRole('button');
  const value = await thread.textContent();
  await thread.click();
  await page.getByRole('menuitem', { name: `Only thread ${value}` }).click();
  await expect(page.getByTestId('filter-chip')).toHaveText(new RegExp(`Thread.*${value}`));
  await expect.poll(() => listed(page)).toBeLessThan(all);
  const threads = await rows(page).locator('td:nth-child(5)').allTextContents();
  expect(new Set(threads)).toEqual(new Set([value]));
  const choices = page.getByRole('combobox', { name: 'Add a filter' });
  await choices.selectOption(await choices.locator('optgroup[label="End"] option').first().getAttribute('value'));
  await expect(page.getByTestId('filter-chip')).toHaveCount(2);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page.getByTestId('filter-chip')).toHaveCount(0);
  await expect.poll(() => listed(page)).toBe(all);
});

test('a filter that matches nothing says so, and how to go on', async ({ page }) => {
  await openReplay(page, 'tid=3&g=7');
  await expect(page.getByText('No call matches these filters.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows(page).first()).toBeVisible();
});

test('details by click: exact times, rank, bucket, neighbours; the address carries the call; Escape closes', async ({
  page,
}) => {
  await openReplay(page);
  await rows(page).first().locator('td').first().click();
  const panel = details(page);
  await expect(panel).toContainText('the slowest of 8,713 calls');
  await expect(panel).toContainText(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}/);
  await expect(panel).toContainText(/301\.\d ms \([\d,]+ ns\)/);
  await expect(panel).toContainText(/Bucket[\d,]+ to [\d,]+ ns: exactly [\d,]+ calls?/);
  await expect(panel).toContainText('19041 spin');
  await expect(panel).toContainText(/Meanwhile.*other call/);
  await expect(page).toHaveURL(/call=\d+/);
  await page.reload();
  await expect(panel).toContainText('the slowest of 8,713 calls');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(page).not.toHaveURL(/call=/);
});

test('the keyboard alone: arrows, Enter, j and k, i, Escape', async ({ page }) => {
  await openReplay(page);
  await grid(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(rows(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(details(page)).toBeVisible();
  await page.keyboard.press('j');
  await expect(rows(page).nth(2)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect(rows(page).nth(0)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(details(page)).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(rows(page).last()).toHaveAttribute('aria-rowindex', String((await listed(page)) + 1));
  await page.keyboard.press('i');
  await expect(details(page)).toBeVisible();
  await expect(details(page)).toContainText(/among the fastest|slower than/);
});

test('n and p go from slow call to slow call in time, and bring the window along', async ({ page }) => {
  await openReplay(page, 'w=0-300000000');
  const began = async () => {
    const text = (await details(page).textContent()) ?? '';
    return Number(/After start.*?\(([\d,]+) ns\)/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);
  };
  const met: number[] = [];
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('n');
    await expect.poll(began).toBeGreaterThan(met.at(-1) ?? -1);
    met.push(await began());
    // Slow: among the slowest hundredth.
    expect(nanoseconds((await details(page).getByRole('heading').first().textContent()) ?? '')).toBeGreaterThan(10e6);
  }
  await page.keyboard.press('p');
  await expect.poll(began).toBe(met.at(-2));
  await expect(page).not.toHaveURL(/w=0-300000000(&|$)/);
  await expect
    .poll(async () => {
      const [, from = 0, to = 0] = (/[?&]w=(\d+)-(\d+)/.exec(page.url()) ?? []).map(Number);
      const at = await began();
      return from <= at && at < to;
    })
    .toBe(true);
});

test('with a selection n and p stay inside it', async ({ page }) => {
  await openReplay(page, 'l=200000000-400000000');
  await expect(rows(page).first()).toContainText('301');
  for (let step = 0; step < 3; step++) {
    await page.keyboard.press('n');
    await expect(details(page).getByRole('heading').first()).toContainText(/30\d\.\d ms/);
  }
});

const inBar = async (page: Page): Promise<string> =>
  /^[\d,]+ calls?/.exec((await page.getByTestId('selection').textContent()) ?? '')?.[0] ?? '';

test('a range of latencies alone lists the calls in view, as many as the bar counts', async ({ page }) => {
  await openReplay(page, 'w=5000000000-15000000000&l=10000000-1000000000');
  await everyCallLoaded(page);
  for (const zoom of [false, true]) {
    const before = await inBar(page);
    if (zoom) {
      await page.getByTestId('heat-map-plot').focus();
      await page.keyboard.press('w');
      await expect.poll(() => inBar(page)).not.toBe(before);
    }
    const calls = await inBar(page);
    await expect(page.getByTestId('sampled')).toHaveText(new RegExp(`^${calls} in view`));
    expect(await listed(page)).toBe(Number(/\d+/.exec(calls)?.[0]));
  }
});

test('the slowest of a selection is the same number as in the figures and in the table', async ({ page }) => {
  await openReplay(page, 'l=200000000-400000000');
  await expect(page.getByTestId('selection')).toContainText('max 301.1 ms');
  await expect(page.getByTestId('figure-max')).toContainText('301.1');
  await expect(rows(page).first()).toContainText('301.1 ms');
  // One that does not have the slowest of all.
  await page.goto(page.url().replace('l=200000000-400000000', 't=1000000000-2000000000'));
  await expect(rows(page).first()).toBeVisible();
  const first = await rows(page).first().locator('td:nth-child(2)').textContent();
  await expect(page.getByTestId('selection')).toContainText(`max ${first}`);
});

test('while it follows, the calls that leave the window leave the list', async ({ page }) => {
  await openReplay(page, 'w=live-2000000000&l=1000-400000000&sort=start', { speed: 1, upTo: 10 });
  await expect.poll(() => listed(page)).toBeGreaterThan(300);
  const oldest = await rows(page).first().textContent();
  await expect.poll(() => rows(page).first().textContent()).not.toBe(oldest);
  // About 300 a second.
  expect(await listed(page)).toBeLessThan(1000);
});

test('calls that ended before the first tick are counted and listed alike', async ({ page }) => {
  await openReplay(page, 't=0-60000000000');
  await everyCall(page);
  expect(await inBar(page)).toBe('8,713 calls');
  await expect(page.getByTestId('sampled')).toHaveText(/^8,713 calls/);
  await expect(page.getByTestId('lanes')).toHaveAttribute(
    'aria-label',
    /8,713 calls .*25 of them before the first tick/,
  );
});

test('a call that began before the first tick says by how much', async ({ page }) => {
  await openReplay(page, 'sort=start');
  await everyCall(page);
  await rows(page).first().locator('td').first().click();
  await expect(details(page)).toContainText(/After start[\d.]+ ms \([\d,]+ ns\) before it/);
});

test('copies as text and as JSON; where the clipboard is not allowed the text is there to be selected', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openReplay(page, `call=${LATE}`);
  const said = details(page).getByRole('status');
  await page.getByRole('button', { name: 'Copy JSON' }).click();
  await expect(said).toHaveText('Copied the JSON.');
  const json: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(json).toMatchObject({ function: 'main.handle', number: LATE, outcome: 'returned', pid: 19_041 });
  await page.getByRole('button', { name: 'Copy text' }).click();
  await expect(said).toHaveText('Copied the text.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('One call of main.handle');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(said).toHaveText('Copied the link.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`call=${LATE}`);
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await page.getByRole('button', { name: 'Copy text' }).click();
  await expect(said).toContainText('does not allow copying');
  await expect(page.getByRole('textbox', { name: 'The text to copy by hand' })).toHaveValue(/One call of main\.handle/);
});

test('a call that never was is said to be none, and the page goes on', async ({ page }) => {
  await openReplay(page, 'call=999999999');
  await expect(details(page)).toContainText('There is no call 999,999,999.');
  await page.getByRole('button', { name: 'Close the details' }).click();
  await expect(details(page)).toHaveCount(0);
  await expect(rows(page).first()).toBeVisible();
});

test('a selection is compared with the rest, in words; the words narrow the list down', async ({ page }) => {
  await openReplay(page, 't=20000000000-21000000000');
  const differ = page.getByTestId('differ');
  await expect(differ).toContainText('What differs');
  await expect(differ).toHaveAttribute('aria-busy', 'false');
  await expect(differ).toContainText(/ran on|were called|Nothing stands out|older than/);
  await expect(page.getByTestId('sampled')).toContainText(/[\d,]+ (calls|of [\d,]+ calls)/);
});

test('newest first follows at the top; who has scrolled is left in peace, told how many are new, and can catch up', async ({
  page,
}) => {
  await openReplay(page, 'sort=-start', { speed: 1, upTo: 5 });
  const first = () =>
    rows(page)
      .first()
      .getAttribute('aria-rowindex')
      .then(() => rows(page).first().textContent());
  const before = await first();
  await expect.poll(first).not.toBe(before);
  const scroller = page.getByRole('region', { name: 'Calls', exact: true });
  await scroller.evaluate((element) => element.scrollTo({ top: 2000 }));
  const pill = page.getByTestId('waiting-calls');
  await expect(pill).toHaveText(/^[\d,]+ new$/);
  const middle = rows(page).nth(12);
  const read = await middle.textContent();
  const said = await pill.textContent();
  await expect(pill).not.toHaveText(said ?? '');
  expect(await middle.textContent()).toBe(read);
  await pill.click();
  await expect(pill).toHaveCount(0);
  expect(await scroller.evaluate((element) => element.scrollTop)).toBe(0);
  const caughtUp = await first();
  await expect.poll(first).not.toBe(caughtUp);
});

test('calls in progress are listed with their age, and have details of their own', async ({ page }) => {
  await openReplay(page, 'tab=open', { speed: 0, upTo: 14.15 });
  await page.getByTestId('open-row').first().click();
  await expect(details(page)).toContainText(/In progress for \d/);
  await expect(details(page)).toContainText(/Goroutine\s*\d+/);
  await page.keyboard.press('Escape');
  await expect(details(page)).toHaveCount(0);
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`${colorScheme}: nothing to complain about with filters, words and details, on a desk and on a phone`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await openReplay(page, `l=10000000-400000000&tid=19043&call=${LATE}`);
    for (const size of [{ width: 1440, height: 900 }, PHONE]) {
      await page.setViewportSize(size);
      await expect(rows(page).first()).toBeVisible();
      await expect(details(page)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).exclude('.recharts-wrapper').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([]);
      for (const part of [page.getByRole('tabpanel'), details(page)]) {
        const [from, to] = await part.evaluate((box) => [
          box.getBoundingClientRect().left,
          box.getBoundingClientRect().left + box.scrollWidth,
        ]);
        expect([from >= 0, to <= size.width]).toEqual([true, true]);
      }
    }
  });
}

test('on a phone a call is opened by a tap, above the list, and the order is chosen from a list', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await openReplay(page);
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('latency');
  await expect(rows(page).first()).toContainText('µs');
  await rows(page).first().click();
  await expect(details(page)).toBeInViewport();
  await expect(details(page)).toContainText('among the fastest calls');
});
