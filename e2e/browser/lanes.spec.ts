/** The timeline under a viewer's hands: wheel, drag, keys, hover, click, brush; on a replay that has ended. */
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

const lanes = (page: Page) => page.getByTestId('lanes');

interface Drawn {
  readonly from: number;
  readonly to: number;
}

/** Session time that is drawn, in nanoseconds. */
async function drawn(page: Page): Promise<Drawn> {
  const [from = '', to = ''] = ((await lanes(page).getAttribute('data-window')) ?? '').split('-');
  return { from: Number(from), to: Number(to) };
}

const length = ({ from, to }: Drawn) => to - from;
const lengthNow = async (page: Page) => length(await drawn(page));

/** The plot without margins: what the window spans. */
async function plot(page: Page) {
  await lanes(page).scrollIntoViewIfNeeded();
  const box = await lanes(page).boundingBox();
  if (!box) throw new Error('the timeline has no place on the page');
  return { x: box.x + 64, y: box.y, width: box.width - 64 - 14, height: box.height };
}

async function open(page: Page, context: BrowserContext, view = '', recording = 'go-handle'): Promise<void> {
  await page.goto(`${await startReplay(context, recording, { speed: 1, upTo: ALL })}${view}`);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');
  await expect(page.getByTestId('lanes-count')).toHaveAttribute('data-indexed', 'true');
}

/** Moves along the first lane until there is a call under the pointer. */
async function pointAtCall(page: Page): Promise<{ x: number; y: number }> {
  const { x, y, width } = await plot(page);
  for (let at = 4; at < width; at += 6) {
    await page.mouse.move(x + at, y + 8);
    if (await page.getByTestId('lane-readout').isVisible()) return { x: x + at, y: y + 8 };
  }
  throw new Error('no call on the first lane');
}

/** A tenth of a second in the middle, in which spans are wide. */
const CLOSE = '?w=10000000000-10100000000';

test('goroutines with a call each are packed; threads or processes have lanes when asked for; the address says so', async ({
  page,
  context,
}) => {
  await open(page, context);
  await expect(lanes(page)).toHaveAttribute(
    'aria-label',
    /^\d rows of packed goroutines, [\d,]+ calls between .+; the slowest took .+ in a goroutine of process \d+\.$/,
  );
  await expect(page.getByRole('heading', { name: 'Calls by goroutine, packed' })).toBeVisible();
  await expect(page.getByTestId('lanes-count')).toHaveText(/[\d,]+ calls in \d rows$/);
  const choice = page.getByRole('group', { name: 'A lane for each' });
  await choice.getByRole('button', { name: 'Thread' }).click();
  await expect(lanes(page)).toHaveAttribute('aria-label', /^[\d,]+ threads?, /);
  await expect(page).toHaveURL(/lanes=thread/);
  await choice.getByRole('button', { name: 'Process' }).click();
  await expect(lanes(page)).toHaveAttribute('aria-label', /^1 process, /);
  await expect(page.getByTestId('lanes-count')).toHaveText(/1 of 1 process/);
});

test('the order of lanes is in the address', async ({ page, context }) => {
  await open(page, context, '?lanes=thread');
  const order = page.getByRole('group', { name: 'Order of lanes' });
  await order.getByRole('button', { name: 'Earliest' }).click();
  await expect(page).toHaveURL(/order=first/);
  await page.reload();
  await expect(order.getByRole('button', { name: 'Earliest' })).toHaveAttribute('aria-pressed', 'true');
});

test('the wheel belongs to the page until the plot is clicked; with Ctrl it zooms at the pointer at once', async ({
  page,
  context,
}) => {
  await open(page, context);
  const { x, y, width, height } = await plot(page);
  const before = await drawn(page);
  const at = { x: x + width * 0.25, y: y + height - 6 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(0, -50);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await expect.poll(() => lengthNow(page)).toBeLessThan(length(before) * 0.6);
  const closer = await drawn(page);
  // The plain turn before has changed nothing, and the time under the pointer is the same.
  expect(length(before) / length(closer)).toBeCloseTo(1.0022 ** 400, 1);
  expect(closer.from + length(closer) * 0.25).toBeCloseTo(before.from + length(before) * 0.25, -8);
  await page.mouse.click(at.x, at.y);
  await expect(lanes(page)).toBeFocused();
  const place = await plot(page);
  await page.mouse.move(place.x + place.width / 2, place.y + place.height - 6);
  await page.mouse.wheel(0, -200);
  await expect.poll(() => lengthNow(page)).toBeLessThan(length(closer) * 0.8);
  await expect(page).toHaveURL(/w=\d+-\d+/);
});

test('drag and Shift with the wheel pan, and the heat map goes along', async ({ page, context }) => {
  await open(page, context, '?w=5000000000-9000000000');
  const heatMap = await page.getByTestId('heat-map').getAttribute('aria-label');
  const { x, y, width, height } = await plot(page);
  await page.mouse.move(x + width / 2, y + height - 6);
  await page.mouse.down();
  await page.mouse.move(x + width / 4, y + height - 6, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await drawn(page)).from).toBeCloseTo(6e9, -8);
  expect(await lengthNow(page)).toBeCloseTo(4e9, -3);
  await expect(page.getByTestId('heat-map')).not.toHaveAttribute('aria-label', heatMap ?? '');
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, width / 4);
  await page.keyboard.up('Shift');
  await expect.poll(async () => (await drawn(page)).from).toBeCloseTo(7e9, -8);
});

test('w and s zoom, a and d pan, 0 goes back', async ({ page, context }) => {
  await open(page, context);
  const first = await drawn(page);
  await lanes(page).focus();
  await page.keyboard.press('w');
  await expect.poll(() => lengthNow(page)).toBeLessThan(length(first));
  const zoomed = await drawn(page);
  await page.keyboard.press('d');
  await expect.poll(async () => (await drawn(page)).from).toBeGreaterThan(zoomed.from);
  await page.keyboard.press('a');
  await expect.poll(async () => (await drawn(page)).from).toBeCloseTo(zoomed.from, -3);
  await page.keyboard.press('s');
  await expect.poll(() => lengthNow(page)).toBeCloseTo(length(first), -3);
  await page.keyboard.press('w');
  await page.keyboard.press('0');
  await expect.poll(() => drawn(page)).toEqual(first);
  await expect(page).not.toHaveURL(/w=/);
});

test('the exact call under the pointer; a click chooses it, a double click zooms to it, . goes to the next', async ({
  page,
  context,
}) => {
  // A goroutine may have but one call; a thread has many.
  await open(page, context, `${CLOSE}&lanes=thread`);
  const { x, y } = await pointAtCall(page);
  await expect(page.getByTestId('lane-readout')).toHaveText(
    /[\d.]+ (ns|µs|ms|s).*started \d\d:\d\d:\d\d\.\d{6}goroutine \d+ · thread \d+ · process \d+/,
  );
  await page.mouse.click(x, y);
  await expect(page).toHaveURL(/call=\d+/);
  const chosen = /call=(\d+)/.exec(page.url())?.[1];
  await lanes(page).focus();
  await page.keyboard.press('.');
  await expect(page).toHaveURL(new RegExp(`call=(?!${chosen}\\b)\\d+`));
  await page.keyboard.press('f');
  await expect.poll(() => lengthNow(page)).not.toBeCloseTo(1e8, -3);
  await page.goto(page.url().replace(/w=[\d-]+/, CLOSE.slice(1)));
  await expect(page.getByTestId('lanes-count')).toHaveAttribute('data-indexed', 'true');
  const again = await pointAtCall(page);
  await page.mouse.dblclick(again.x, again.y);
  await expect.poll(() => lengthNow(page)).not.toBeCloseTo(1e8, -3);
});

test('Shift and drag, or a drag in the ruler, selects time; Escape clears it', async ({ page, context }) => {
  await open(page, context, '?w=4000000000-8000000000');
  const { x, y, width, height } = await plot(page);
  await page.keyboard.down('Shift');
  await page.mouse.move(x + width / 4, y + height - 6);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height - 6, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  // In whole columns of a tenth of a second.
  const near = async (index: number, moment: number) =>
    expect.poll(() => Math.abs((selected()[index] ?? 0) - moment)).toBeLessThan(1.2e8);
  const selected = () => (/[?&]t=(\d+)-(\d+)/.exec(page.url()) ?? []).slice(1).map(Number);
  await near(0, 5e9);
  await near(1, 6e9);
  expect(await lengthNow(page)).toBe(4e9);
  await lanes(page).focus();
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/[?&]t=/);
  await page.mouse.move(x + width / 2, y - 8);
  await page.mouse.down();
  await page.mouse.move(x + (width * 3) / 4, y - 8, { steps: 4 });
  await page.mouse.up();
  await near(0, 6e9);
});

test('time is selected by keyboard alone: Shift moves its end, Control and Shift its begin, Control both', async ({
  page,
  context,
}) => {
  await open(page, context, '?w=4000000000-8000000000');
  const selected = () => (/[?&]t=(\d+)-(\d+)/.exec(page.url()) ?? []).slice(1).map((digits) => Number(digits) / 1e9);
  await lanes(page).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => selected()[0]).toBeCloseTo(6, 0);
  await expect(page.getByTestId('selection')).toContainText(/[\d,]+ calls? selected/);
  const [from = 0, to = 0] = selected();
  for (let press = 0; press < 3; press++) await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => selected()[1]).toBeGreaterThan(to + 0.2);
  expect(selected()[0]).toBe(from);
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expect.poll(() => selected()[0]).toBeLessThan(from);
  const [begin = 0, end = 0] = selected();
  await page.keyboard.press('Control+ArrowLeft');
  await expect.poll(() => selected()[0]).toBeLessThan(begin);
  expect(selected()[1]).toBeLessThan(end);
  expect(await lengthNow(page)).toBe(4e9);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/[?&]t=/);
});

test('keys do the same with Caps Lock', async ({ page, context }) => {
  await open(page, context);
  const first = await drawn(page);
  await lanes(page).focus();
  // What a keyboard sends then.
  await lanes(page).dispatchEvent('keydown', { key: 'W', bubbles: true });
  await expect.poll(() => lengthNow(page)).toBeLessThan(length(first));
  const closer = await lengthNow(page);
  await page.getByTestId('heat-map-plot').dispatchEvent('keydown', { key: 'S', bubbles: true });
  await expect.poll(() => lengthNow(page)).toBeGreaterThan(closer);
});

test('a filter leaves the lanes that match; where none does, it says so', async ({ page, context }) => {
  await open(page, context);
  const [path] = page.url().split('?');
  await page.goto(`${path}?lanes=thread`);
  await expect(lanes(page)).toHaveAttribute('aria-label', /in thread/);
  const thread = /in thread (\d+)/.exec((await lanes(page).getAttribute('aria-label')) ?? '')?.[1] ?? '';
  await page.goto(`${path}?lanes=thread&tid=${thread}`);
  await expect(page.getByTestId('lanes-count')).toHaveText(/^(sampled)?1 of [\d,]+ threads$/);
  await page.goto(`${path}?tid=${thread}`);
  await expect(page.getByTestId('lanes-count')).toHaveText(/^(sampled)?\d of \d rows$/);
  await page.goto(`${path}?g=999999`);
  await expect(page.getByTestId('lanes-empty')).toHaveText(
    /^None of the [\d,]+ calls in this window match the filter\.$/,
  );
});

test('a call chosen in the table is brought into sight, as wide as the window was', async ({ page, context }) => {
  await open(page, context, '?w=0-20000000');
  // Beside the values, which offer to filter by them.
  await page
    .getByTestId('call-row')
    .first()
    .click({ position: { x: 3, y: 15 } });
  await expect(page).toHaveURL(/call=\d+/);
  await expect.poll(async () => (await drawn(page)).from).toBeGreaterThan(20_000_000);
  expect(await lengthNow(page)).toBeCloseTo(20_000_000, -3);
});

test('on a tablet every choice of lanes is in sight', async ({ page, context }) => {
  await page.setViewportSize({ width: 768, height: 1024 });
  await open(page, context);
  for (const name of ['A lane for each', 'Order of lanes']) {
    const choices = await page.getByRole('group', { name }).getByRole('button').all();
    for (const choice of choices) await expect(choice).toBeInViewport({ ratio: 1 });
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('two fingers zoom, one pans', async ({ page, context }) => {
    await open(page, context, '?w=4000000000-8000000000');
    const { x, y, width } = await plot(page);
    const session = await context.newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...xs: number[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: xs.map((at, id) => ({ x: at, y: y + 60, id })) });
    const [middle, reach] = [x + width / 2, width / 4];
    await touch('touchStart', middle - reach / 2, middle + reach / 2);
    await touch('touchMove', middle - reach * 0.8, middle + reach * 0.8);
    await touch('touchMove', middle - reach, middle + reach);
    await touch('touchEnd');
    await expect.poll(() => lengthNow(page)).toBeCloseTo(2e9, -8);
    const before = await drawn(page);
    await touch('touchStart', middle);
    for (const share of [0.2, 0.5, 1]) await touch('touchMove', middle + reach * share);
    await touch('touchEnd');
    await expect.poll(async () => (await drawn(page)).from).toBeLessThan(before.from - 2e8);
  });
});

test('a million calls that have been moved about come to rest in the same picture as on a page just opened', async ({
  page,
}) => {
  const settled = () => expect(page.getByTestId('lanes-count')).toHaveAttribute('data-indexed', 'true');
  const canvas = page.locator('canvas[role="img"]');
  const picture = () => canvas.evaluate((element) => (element instanceof HTMLCanvasElement ? element.toDataURL() : ''));
  await page.goto('/gallery/million?each=1&w=200000000000-1700000000000');
  await settled();
  const { x, y } = await plot(page);
  await page.mouse.click(x + 500, y + 100);
  for (const turn of [-1, -1, 1, -1, -1]) await page.mouse.wheel(0, turn * 120);
  await expect(page).toHaveURL(/w=(?!200000000000)\d+-\d+/);
  await page.mouse.move(x + 500, y - 200);
  // The address is told when nothing has moved for a while.
  await expect
    .poll(async () =>
      page.url().includes(
        `w=${Object.values(await drawn(page))
          .map(Math.round)
          .join('-')}`,
      ),
    )
    .toBe(true);
  let moved = '';
  await expect
    .poll(async () => {
      const before = moved;
      moved = await picture();
      return moved === before;
    })
    .toBe(true);
  const address = page.url();
  await page.goto(`${address}&each=1`);
  await settled();
  await expect.poll(picture).toBe(moved);
});
