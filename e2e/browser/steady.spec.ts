/** What must not happen while data comes in: nothing jumps, nothing is drawn in vain, nobody is talked to, the focus stays. */
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

const RECORDING = 'go-handle';
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** Not in the types of the DOM yet. */
interface LayoutShift extends PerformanceEntry {
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

async function openLive(page: Page, context: BrowserContext, view = '', speed = 1): Promise<void> {
  await page.goto(`${await startReplay(context, RECORDING, { speed, upTo: 6 })}${view}`);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'tracing');
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-9]\d* calls/);
}

async function openEnded(page: Page, context: BrowserContext, view = ''): Promise<void> {
  await page.goto(`${await startReplay(context, RECORDING, { speed: 1, upTo: ALL })}${view}`);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');
  await expect(page.getByTestId('histogram')).toHaveAttribute('aria-label', /calls/);
}

/** Seconds of the trace so far. */
const measured = async (page: Page): Promise<number> => {
  const text = (await page.getByTestId('live-badge').textContent()) ?? '';
  const [, minutes = '0', seconds = '0'] = /(\d+):(\d\d)/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds);
};
async function letPass(page: Page, seconds: number): Promise<void> {
  const until = (await measured(page)) + seconds;
  await expect.poll(() => measured(page)).toBeGreaterThanOrEqual(until);
}

/** A place of the heat map in pixels of the window; shares from the left and from the bottom. */
async function place(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = await page.getByTestId('heat-map-plot').boundingBox();
  if (!box) throw new Error('the heat map has no place on the page');
  return [box.x + box.width * x, box.y + box.height * (1 - y)];
}

async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...(await place(page, ...from)));
  await page.mouse.down();
  await page.mouse.move(...(await place(page, ...to)), { steps: 4 });
  await page.mouse.up();
}

declare global {
  interface Window {
    /** Names of what moved, by shift. */
    shifts: string[][];
    paints: number[];
    announced: string[];
    pressed: string;
  }
}

for (const [name, viewport] of Object.entries(SIZES)) {
  test.describe(name, () => {
    test.use({ viewport });
    test('nothing jumps while data comes in, nor when something is selected, paused and live again', async ({
      page,
      context,
    }) => {
      await openLive(page, context, '?w=live-10000000000');
      await page.evaluate(() => {
        window.shifts = [];
        const nameOf = (node: Node | null): string =>
          node instanceof Element ? `${node.tagName} ${node.className}` : String(node?.textContent);
        // Marks on a chart move with time, and rows that nobody reads make room for slower calls. What has gone has no node.
        const isMark = (node: Node | null): boolean =>
          !node || node.parentElement?.closest('[data-chart], [data-testid="overview"], table') != null;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as LayoutShift[]) {
            const moved = entry.sources.filter(({ node }) => !isMark(node));
            // The half second after a press counts as its effect.
            if (moved.length > 0 && !entry.hadRecentInput) window.shifts.push(moved.map(({ node }) => nameOf(node)));
          }
        }).observe({ type: 'layout-shift' });
      });
      // Wherever the page is scrolled to.
      const places = () =>
        Promise.all(
          [page.getByTestId('selection'), page.getByRole('tablist')].map((part) =>
            part.evaluate((element) => {
              const { top, height } = element.getBoundingClientRect();
              return { top: top + window.scrollY, height };
            }),
          ),
        );
      const before = await places();
      await letPass(page, 2);
      await drag(page, [0.1, 0.9], [0.3, 0.1]);
      await expect(page.getByTestId('selection')).toContainText('selected');
      expect(await places()).toEqual(before);
      await letPass(page, 2);
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect(page.getByTestId('transport')).toContainText('Paused');
      await letPass(page, 2);
      await page.getByRole('button', { name: 'Live' }).click();
      await expect(page.getByTestId('transport')).toHaveText('Following');
      await page.getByTestId('selection').getByRole('button', { name: 'Clear' }).click();
      await expect(page.getByTestId('selection')).not.toContainText('selected');
      await letPass(page, 1);
      expect(await places()).toEqual(before);
      expect(await page.evaluate(() => window.shifts)).toEqual([]);
    });
  });
}

/** Counts how often the heat map is painted: each paint begins with a clear canvas. */
async function countPaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.paints = [];
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    const canvas = document.querySelector('[data-testid="heat-map"] canvas');
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      if (this.canvas === canvas) window.paints.push(performance.now());
      clear.apply(this, box);
    };
  });
}

test('the heat map is painted about ten times a second, and not at all while it is paused', {
  tag: '@measured',
}, async ({ page, context }) => {
  await openLive(page, context);
  await countPaints(page);
  await letPass(page, 4);
  const live = await page.evaluate(() => window.paints);
  const seconds = ((live.at(-1) ?? 0) - (live[0] ?? 0)) / 1000;
  const rate = (live.length - 1) / seconds;
  test.info().annotations.push({ type: 'measured', description: `${rate.toFixed(1)} paints a second` });
  expect(rate).toBeGreaterThan(4);
  // A late tick is drawn when it comes: now and then two fall into one tenth of a second.
  expect(rate).toBeLessThanOrEqual(12);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByTestId('transport')).toHaveText(/[1-9] s new$/);
  await page.evaluate(() => {
    window.paints = [];
  });
  await letPass(page, 4);
  expect(await page.evaluate(() => window.paints.length)).toBe(0);
});

const CROSSHAIR_TIME = '[data-testid="heat-crosshair"] > span:first-child';
const millis = (clock: string): number => {
  const [hours = Number.NaN, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000 + seconds * 1000;
};

test('a box that is drawn live holds the moment where it was begun', async ({ page, context }) => {
  await openLive(page, context, '?w=live-4000000000');
  await letPass(page, 1);
  await page.mouse.move(...(await place(page, 0.8, 0.9)));
  await expect(page.locator(CROSSHAIR_TIME)).toHaveText(/\d/);
  await page.evaluate(
    (selector) =>
      document.addEventListener(
        'pointerdown',
        () => {
          window.pressed = document.querySelector(selector)?.textContent ?? '';
        },
        { capture: true, once: true },
      ),
    CROSSHAIR_TIME,
  );
  await page.mouse.down();
  await page.mouse.move(...(await place(page, 0.82, 0.5)), { steps: 3 });
  await letPass(page, 2);
  await page.mouse.move(...(await place(page, 0.9, 0.1)), { steps: 3 });
  await page.mouse.up();
  await expect(page.getByTestId('selection-label')).toContainText(/\d/);
  const pressed = millis(await page.evaluate(() => window.pressed));
  const [, from = '', to = ''] =
    /(\d\d:\d\d:\d\d\.\d+) to (\d\d:\d\d:\d\d\.\d+)/.exec(
      (await page.getByTestId('selection-label').textContent()) ?? '',
    ) ?? [];
  // A crosshair says what was under the pointer when it was last moved; the picture may have slid by some ticks since.
  // A box that does not hold its moment is off by the two seconds that have passed.
  expect(pressed).toBeGreaterThanOrEqual(millis(from) - 500);
  expect(pressed).toBeLessThanOrEqual(millis(to));
  expect(millis(to) - millis(from)).toBeGreaterThan(1500);
});

test('screen readers hear one thing when something is selected, and nothing when data comes in', async ({
  page,
  context,
}) => {
  await openLive(page, context);
  await page.evaluate(() => {
    window.announced = [];
    new MutationObserver((records) => {
      const regions = new Set(
        records.map(({ target }) =>
          (target instanceof Element ? target : target.parentElement)?.closest('[role="status"], [aria-live="polite"]'),
        ),
      );
      for (const region of regions) if (region?.textContent) window.announced.push(region.textContent);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await letPass(page, 3);
  expect(await page.evaluate(() => window.announced)).toEqual([]);
  await drag(page, [0.02, 0.99], [0.1, 0.01]);
  await expect.poll(() => page.evaluate(() => window.announced.length)).toBeGreaterThan(0);
  await letPass(page, 4);
  const announced = await page.evaluate(() => window.announced);
  expect(announced).toEqual([expect.stringMatching(/^Selected: [\d,]+ calls?, /)]);
});

test.describe('the focus stays near a control that has done its work', () => {
  const focused = (page: Page) =>
    page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.tagName);
  const SELECTED = '?t=5000000000-9000000000&l=1000000-100000000000';

  test('Clear in the bar leads to the bar', async ({ page, context }) => {
    await openEnded(page, context, SELECTED);
    await page.getByTestId('selection').getByRole('button', { name: 'Clear' }).press('Enter');
    await expect(page.getByTestId('selection')).not.toContainText('selected');
    expect(await focused(page)).toBe('selection');
  });

  test('Clear beside the box leads to the plot', async ({ page, context }) => {
    await openEnded(page, context, SELECTED);
    await page.getByTestId('selection-label').getByRole('button', { name: 'Clear' }).press('Enter');
    await expect(page.getByTestId('selection-label')).toHaveCount(0);
    expect(await focused(page)).toBe('heat-map-plot');
  });

  test('what shows cropped calls leads to the plot', async ({ page, context }) => {
    await openEnded(page, context, '?crop=1');
    await page.getByTestId('cropped').press('Enter');
    await expect(page.getByTestId('cropped')).toHaveCount(0);
    expect(await focused(page)).toBe('heat-map-plot');
  });

  test('Clear filters leads to the table', async ({ page, context }) => {
    await openEnded(page, context, '?g=999999999');
    await page.getByRole('button', { name: 'Clear filters' }).press('Enter');
    await expect(page.getByTestId('call-row').first()).toBeVisible();
    expect(await focused(page)).not.toBe('BODY');
  });
});

for (const reducedMotion of ['reduce', 'no-preference'] as const) {
  test(`nothing is animated, with ${reducedMotion === 'reduce' ? 'less motion asked for' : 'no such wish'} either`, async ({
    page,
    context,
  }) => {
    await page.emulateMedia({ reducedMotion });
    const running = () =>
      page.evaluate(() => document.getAnimations().map(({ effect }) => String(effect?.getComputedTiming().duration)));
    await page.goto('/');
    await expect(page.locator('main')).toHaveAttribute('data-status', 'idle');
    expect(await running()).toEqual([]);
    await openLive(page, context);
    await drag(page, [0.02, 0.99], [0.1, 0.01]);
    await page.getByRole('tab', { name: 'Plan' }).click();
    expect(await running()).toEqual([]);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await running()).toEqual([]);
  });
}
