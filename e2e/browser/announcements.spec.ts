/** What a screen reader hears of the list of calls: once for what the viewer changes, nothing when calls come in. */
import { expect, type Page, test } from '@playwright/test';
import { startReplay } from './replay.ts';

/** Texts that live regions have got since. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  const heard = await page.evaluateHandle(() => {
    const said: string[] = [];
    const LIVE = '[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive]';
    new MutationObserver((records) => {
      const regions = records.map(({ target }) =>
        (target instanceof Element ? target : target.parentElement)?.closest(LIVE),
      );
      for (const region of new Set(regions)) if (region?.textContent) said.push(region.textContent);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return said;
  });
  return () => heard.evaluate((said) => [...said]);
}

test('while calls come into a list, nothing is announced; a range or a filter that is chosen is, once', async ({
  page,
  context,
}) => {
  await page.goto(
    `${await startReplay(context, 'go-handle', { speed: 1, upTo: 8 })}?w=live-5000000000&l=1000000-1000000000&sort=-start`,
  );
  const bar = page.getByTestId('selection');
  await expect(bar).toContainText('selected');
  const first = page.getByTestId('call-row').first();
  await expect(first).toBeVisible();
  const heard = await listen(page);
  for (let changes = 0; changes < 4; changes++) {
    const [calls, row] = [await bar.textContent(), await first.textContent()];
    await expect(bar).not.toHaveText(calls ?? '');
    await expect(first).not.toHaveText(row ?? '');
  }
  expect(await heard()).toEqual([]);

  const least = page.getByRole('textbox', { name: 'Least latency' });
  await least.fill('10ms');
  await least.press('Enter');
  await expect.poll(heard).toHaveLength(1);
  const before = await bar.textContent();
  await expect(bar).not.toHaveText(before ?? '');
  expect(await heard()).toEqual([expect.stringMatching(/^Selected: \d+ calls?, /)]);

  await page.getByRole('combobox', { name: 'Add a filter' }).selectOption({ index: 1 });
  await expect.poll(heard).toHaveLength(2);
  expect((await heard())[1]).toMatch(/^\d+ calls? listed$/);
});
