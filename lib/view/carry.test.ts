import { expect, test } from 'vitest';
import { carriedView } from './carry.ts';
import { FIRST_VIEW, NO_FILTER } from './state.ts';

const SECOND = 1e9;

test('the same moment is shown on the page of a session that began a second later', () => {
  const view = {
    ...FIRST_VIEW,
    window: { kind: 'fixed', from: 5 * SECOND, to: 9 * SECOND } as const,
    selection: { time: { from: 6 * SECOND, to: 7 * SECOND }, latency: { from: 1, to: 2 } },
    filter: { ...NO_FILTER, tid: 4 },
    y: 'linear' as const,
    call: 12,
  };
  expect(carriedView(view, 100 * SECOND, 101 * SECOND)).toEqual({
    ...FIRST_VIEW,
    window: { kind: 'fixed', from: 4 * SECOND, to: 8 * SECOND },
    selection: { time: { from: 5 * SECOND, to: 6 * SECOND }, latency: null },
    y: 'linear',
  });
});

test('a following window follows there too; a time that the other has not seen is left out', () => {
  const following = { ...FIRST_VIEW, window: { kind: 'follow', span: 30 * SECOND } as const };
  expect(carriedView(following, 0, SECOND).window).toEqual(following.window);
  const early = { ...FIRST_VIEW, window: { kind: 'fixed', from: 0, to: SECOND } as const };
  expect(carriedView(early, 0, 2 * SECOND).window).toEqual(FIRST_VIEW.window);
});
