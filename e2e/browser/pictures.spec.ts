/**
 * What the session page looks like, compared with pictures: recordings of real traces, replayed by a clock that only
 * moves when the test says so. `npx playwright test pictures --update-snapshots` takes new ones, to be looked at.
 */
import { expect, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

/** The recordings were made on this day; a page that looked at its own clock would show another. */
const LATER = new Date('2031-05-06T07:08:09Z');

test.use({ timezoneId: 'UTC', locale: 'en-GB', contextOptions: { reducedMotion: 'reduce' } });

interface Shot {
  readonly name: string;
  readonly recording: string;
  /** Seconds of the recording that have passed; all of it: null. */
  readonly at: number | null;
  /** What the address says of the view. */
  readonly view?: string;
  readonly theme?: 'dark' | 'light';
  readonly size?: { readonly width: number; readonly height: number };
}

const PHONE = { width: 390, height: 844 };
const SHOTS: readonly Shot[] = [
  { name: 'live', recording: 'go-handle', at: 12 },
  { name: 'live-light', recording: 'go-handle', at: 12, theme: 'light' },
  { name: 'ended', recording: 'go-handle', at: null },
  { name: 'native', recording: 'node-deflate', at: null },
  { name: 'selection', recording: 'go-handle', at: null, view: 't=5000000000-15000000000&l=10000000-10000000000' },
  { name: 'zoomed', recording: 'go-handle', at: null, view: 'w=10000000000-10200000000' },
  { name: 'linear', recording: 'go-handle', at: null, view: 'y=linear&crop=1' },
  { name: 'phone', recording: 'go-handle', at: 12, size: PHONE },
  { name: 'phone-light', recording: 'go-handle', at: null, size: PHONE, theme: 'light' },
];

for (const { name, recording, at, view = '', theme = 'dark', size } of SHOTS) {
  test(`the session page: ${name}`, async ({ page, context }) => {
    const pace = at === null ? { speed: 1, upTo: ALL } : { speed: 0, upTo: at };
    const path = await startReplay(context, recording, pace);
    await page.clock.setFixedTime(LATER);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    if (size) await page.setViewportSize(size);
    await page.goto(`${path}${view ? `?${view}` : ''}`);
    await expect(page.locator('main')).toHaveAttribute('data-status', at === null ? 'ended' : 'tracing');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await settled(page);
    await expect(page).toHaveScreenshot(`${name}.png`, { fullPage: size !== undefined });
  });
}

/** Everything that is known has been drawn: fonts are there, and the page asks for no further frame's content. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /calls? /);
  // Earlier calls come after the page has been drawn, and are sorted into lanes in slices.
  const lanes = page.getByTestId('lanes-count');
  await expect(lanes).toHaveAttribute('data-indexed', 'true');
  await expect(lanes).toHaveText(/^(sampled)?[\d,]+ (calls in|of) /);
  await page.evaluate(() => document.fonts.ready);
}
