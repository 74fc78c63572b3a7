/** Time as a whole: pause without loss, live again, scrubbing back on the overview, and how fresh the picture is. */
import { expect, type Page, test } from '@playwright/test';
import { ALL, startReplay } from './replay.ts';

const said = async (page: Page): Promise<string> =>
  (await page.getByTestId('heat-map').getAttribute('aria-label')) ?? '';
const shown = (page: Page) => page.getByRole('slider', { name: 'Time shown', exact: true });
const times = async (page: Page): Promise<string> => (await shown(page).getAttribute('aria-valuetext')) ?? '';

test.describe('while it runs', () => {
  test.beforeEach(async ({ page, context }) => {
    await page.goto(await startReplay(context, 'go-handle', { speed: 1, upTo: 8 }));
    await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-9]\d* calls/);
  });

  test('Space holds the picture still while data keeps coming; l is live again with all of it', async ({ page }) => {
    await page.keyboard.press('Space');
    await expect(page.getByTestId('transport')).toContainText('Paused');
    await expect(page.getByRole('button', { name: 'Live' })).toBeVisible();
    await expect(page.getByTestId('transport')).toHaveText(/[2-9] s new$/);
    const held = await said(page);
    await expect(page.getByTestId('transport')).toHaveText(/([4-9]|\d\d) s new$/);
    expect(await said(page)).toBe(held);
    await page.keyboard.press('l');
    await expect(page.getByTestId('transport')).toHaveText('Following');
    await expect.poll(() => said(page)).not.toBe(held);
    await expect(page).not.toHaveURL(/[?&]w=/);
  });

  test('nothing moves when it is paused', async ({ page }) => {
    const places = () =>
      Promise.all(['overview', 'heat-map', 'histogram'].map((id) => page.getByTestId(id).boundingBox()));
    const before = await places();
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByTestId('transport')).toContainText('Paused');
    expect(await places()).toEqual(before);
  });

  test('a replay names its pace, whoever chose it', async ({ page }) => {
    await expect(page.getByTestId('live-badge')).toContainText('1×');
    await page.getByRole('button', { name: '4×' }).click();
    await expect(page.getByTestId('live-badge')).toContainText('4×');
  });
});

test.describe('afterwards', () => {
  test.beforeEach(async ({ page, context }) => {
    await page.goto(await startReplay(context, 'go-handle', { speed: 1, upTo: ALL }));
    await expect(page.locator('main')).toHaveAttribute('data-status', 'ended');
    await expect(page.getByTestId('histogram')).toHaveAttribute('aria-label', /8,713 calls/);
  });

  test('it says how it ended, and what it shows as a strip', async ({ page }) => {
    await expect(page.getByTestId('outcome')).toContainText('The recording is over');
    await expect(
      page.getByRole('img', { name: /^Overview of the whole trace, 2\d s: at most .+ calls\/s, slowest/ }),
    ).toBeVisible();
  });

  test('the handle is dragged by its edge and as a whole, and a double click shows all', async ({ page }) => {
    const box = await page.getByTestId('overview').boundingBox();
    if (!box) throw new Error('the overview has no place on the page');
    const at = (share: number): [number, number] => [box.x + box.width * share, box.y + box.height / 2];
    const all = await times(page);
    await page.mouse.move(box.x + box.width + 3, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(...at(0.7));
    await page.mouse.move(...at(0.5));
    await page.mouse.up();
    await expect(page).toHaveURL(/[?&]w=0-1\d{10}(&|$)/);
    const half = await times(page);
    expect(half).not.toBe(all);
    await page.mouse.move(...at(0.25));
    await page.mouse.down();
    await page.mouse.move(...at(0.4));
    await page.mouse.up();
    expect(await times(page)).not.toBe(half);
    await expect(page.getByTestId('heat-map')).toHaveAttribute('aria-label', /[1-7],\d{3} calls/);
    await page.mouse.dblclick(...at(0.4));
    await expect.poll(() => times(page)).toBe(all);
  });

  test('near its edge the handle is still moved as a whole; an edge leaves no sliver, a press alone nothing', async ({
    page,
  }) => {
    await page.goto(`${page.url().split('?')[0]}?w=5000000000-15000000000`);
    const box = await shown(page).boundingBox();
    if (!box) throw new Error('the handle has no place on the page');
    const y = box.y + box.height / 2;
    const length = async () => {
      const [, from = 0, to = 0] = /[?&]w=(\d+)-(\d+)/.exec(page.url()) ?? [];
      return (Number(to) - Number(from)) / 1e9;
    };
    const before = await times(page);
    await page.mouse.move(box.x + box.width + 3, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 4, y);
    await page.mouse.up();
    expect(await times(page)).toBe(before);

    await page.mouse.move(box.x + box.width - 5, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 105, y, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => times(page)).not.toBe(before);
    await expect.poll(length).toBeCloseTo(10, 3);

    const moved = await shown(page).boundingBox();
    if (!moved) throw new Error('the handle has no place on the page');
    await page.mouse.move(moved.x + moved.width + 3, y);
    await page.mouse.down();
    await page.mouse.move(moved.x - 200, y, { steps: 5 });
    await page.mouse.up();
    await expect.poll(length).toBeCloseTo(5, 3);
  });

  test('the handle by keyboard', async ({ page }) => {
    const end = page.getByRole('slider', { name: 'End of the time shown' });
    const all = await times(page);
    await end.focus();
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(() => times(page)).not.toBe(all);
    const left = await times(page);
    await shown(page).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => times(page)).not.toBe(left);
    await page.keyboard.press('Home');
    await expect.poll(() => times(page)).toBe(left);
  });

  test('windows from 30 seconds to half an hour', async ({ page }) => {
    const choices = page.getByRole('group', { name: 'Time shown' }).getByRole('button');
    await expect(choices).toHaveText(['30 s', '1 min', '3 min', '10 min', '30 min', 'All']);
    await choices.last().click();
    await expect(choices.last()).toHaveAttribute('aria-pressed', 'true');
    await expect(page).toHaveURL(/[?&]w=all/);
  });
});
