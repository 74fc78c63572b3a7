/** Every chart and card in every state, with invented data: nothing but the page is needed. */
import { test as base, expect, type Page } from '@playwright/test';

/** One gallery for all tests: it is large, and they only look at it, each at another part. */
const test = base.extend<object, { gallery: Page }>({
  gallery: [
    async ({ browser }, use) => {
      const { baseURL = '', storageState } = base.info().project.use;
      const context = await browser.newContext({ baseURL, ...(storageState ? { storageState } : {}) });
      const page = await context.newPage();
      await page.goto('/gallery');
      await expect(page.locator('main')).toHaveAttribute('data-status', 'idle');
      await use(page);
      await context.close();
    },
    { scope: 'worker' },
  ],
});

const part = (name: string) => `section[aria-label="${name}"]`;

test('charts say their numbers', async ({ gallery: page }) => {
  const charts = page.locator(part('Charts: two speeds and rare slow calls'));
  // The last minute of a longer trace.
  await expect(charts.getByTestId('heat-map')).toHaveAttribute('aria-label', /74,819 calls between .+ s\. /);
  await expect(charts.getByTestId('histogram')).toHaveAttribute(
    'aria-label',
    /74,819 calls; most, [\d,]+, took .+; p50 .+, p99 .+, max .+\.$/,
  );
  await expect(charts.getByTestId('percentiles')).toHaveAttribute('aria-label', /p50 .+, p90 .+, p99 .+\.$/);
  await expect(charts.getByTestId('figure-max')).toContainText('3.092s');
  await expect(charts.getByTestId('figure-unwound')).toContainText('Left by panic');
});

test('the heat map has colours, and rare calls among them', async ({ gallery: page }) => {
  const canvas = page.locator(part('Charts: two speeds and rare slow calls')).getByTestId('heat-map').locator('canvas');
  await canvas.scrollIntoViewIfNeeded();
  const coloured = () =>
    canvas.evaluate((element) => {
      if (!(element instanceof HTMLCanvasElement)) return [];
      const { data, width, height } = element.getContext('2d')?.getImageData(0, 0, element.width, element.height) ?? {
        data: [],
        width: 0,
        height: 0,
      };
      // Saturated pixels of the plot, in the upper and in the lower half.
      return [0, 1].map((half) => {
        let found = 0;
        for (let y = Math.floor((half * height) / 2); y < ((half + 1) * height) / 2; y++) {
          for (let x = 70; x < width; x++) {
            const at = (y * width + x) * 4;
            const [r = 0, g = 0, b = 0, alpha = 0] = [data[at], data[at + 1], data[at + 2], data[at + 3]];
            if (alpha > 200 && Math.max(r, g, b) - Math.min(r, g, b) > 60) found += 1;
          }
        }
        return found > 20;
      });
    });
  await expect.poll(coloured).toEqual([true, true]);
});

test('the crosshair names time, latency and count, and runs through all charts', async ({ gallery: page }) => {
  const charts = page.locator(part('Charts: two speeds and rare slow calls'));
  await charts.scrollIntoViewIfNeeded();
  const legend = charts.getByText(/^p99/).last();
  const before = await legend.textContent();
  const box = await charts.getByTestId('heat-map').boundingBox();
  if (!box) throw new Error('the heat map has no place on the page');
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.72);
  await expect(charts.getByTestId('cell-readout')).toHaveText(
    /\d+ calls?.*(µs|ms|s).*\d\d:\d\d:\d\d\.\d{3} to \d\d:\d\d:\d\d\.\d{3}$/,
  );
  await expect(charts.getByTestId('histogram-readout')).toHaveText(/(µs|ms|s): [\d,]+ calls? · [\d.]+ % up to$/);
  expect(before).not.toBeNull();
});

test('states: waiting, lost, sampled, ended, failed', async ({ gallery: page }) => {
  await expect(page.locator(part('Charts: no call yet')).getByTestId('waiting')).toContainText(
    'Waiting for the first call',
  );
  await expect(page.locator(part('Charts: events lost')).getByTestId('alarms')).toContainText('1,640 events');
  await expect(page.locator(part('Charts: events lost')).getByTestId('figure-lost')).toContainText('1,640');
  await expect(page.locator(part('Charts: sampled: ten thousand calls a second')).getByTestId('sampled')).toContainText(
    /[\d,]+ of 326,400 calls/,
  );
  await expect(page.locator(part('Session ended')).getByTestId('outcome')).toContainText('All 3 probed instructions');
  await expect(page.locator(part('Session failed before the first call')).getByTestId('outcome')).toContainText(
    'Process 4242 has ended',
  );
});

test('calls: what differs is said in words, a long name never widens the page', async ({ gallery: page }) => {
  const differ = page.locator(part('Calls: what is different about a selection')).getByTestId('differ');
  await expect(differ).toContainText(/\d+ % were called from main\.\(\*Pool\)\.get\+0x4f; elsewhere \d+ %/);
  await expect(differ).toContainText(/\d+ % ran on thread 15447; elsewhere \d+ %/);
  const long = page.locator(part('Calls: details, and a name of 4,000 characters'));
  await expect(long.getByTestId('details')).toContainText('::find+0x2a');
  const name = long.locator('td[title^="std::map"]').first();
  expect((await name.getAttribute('title'))?.length).toBeGreaterThan(3900);
  await expect(name).toContainText('::find+0x2a');
  expect((await name.textContent())?.length).toBeLessThan(400);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1440);
  await expect(page.locator(part('Calls: a filter that matches nothing'))).toContainText(
    'No call matches these filters.',
  );
});

test('the heat map at the ends of what can be measured', async ({ gallery: page }) => {
  const said = (name: string) => page.locator(part(`Heat map: ${name}`)).getByTestId('heat-map');
  await expect(said('no call')).toHaveAttribute('aria-label', /no call returned in the time shown/);
  await expect(said('a single call')).toHaveAttribute('aria-label', /: 1 call between 1\.2\d to 1\.3\d ms\./);
  await expect(said('all calls in one bucket')).toHaveAttribute('aria-label', /: 4,800 calls between/);
  await expect(said('from 1 ns to 1 h')).toHaveAttribute('aria-label', / between 1 ns to 6\d\.\d min\./);
  await expect(said('10 million calls a cell, and one slow call')).toHaveAttribute(
    'aria-label',
    /: 1,456,\d{3},\d{3} calls/,
  );
  await expect(said('one column')).toHaveAttribute('aria-label', /: 13 calls between/);
  await expect(said('calls in progress')).toHaveAttribute('aria-label', /5 calls in progress, the oldest for 40 s\./);
  await expect(page.locator(part('Heat map: closer than a tick')).getByTestId('finest')).toContainText('every 100 ms');
  await expect(page.locator(part('Heat map: a box')).getByTestId('selection-label')).toContainText(
    /^4,401 calls, 2,152 of them in the window/,
  );
});

test('tabs answer to the keyboard', async ({ gallery: page }) => {
  const charts = page.locator(part('Charts: two speeds and rare slow calls'));
  await charts.getByRole('tab', { name: /Calls/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(charts.getByRole('tab', { name: 'In progress' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(charts.getByRole('tabpanel')).toContainText('3 BPF programs');
});

test('the product does not link here', async ({ page }) => {
  for (const path of ['/', '/sessions']) {
    await page.goto(path);
    await expect(page.locator('a[href*="gallery"]')).toHaveCount(0);
  }
});
