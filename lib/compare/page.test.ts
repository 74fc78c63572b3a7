// What the page of a comparison is made from: calls of a session's window, the address, the curves.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type RecordingHead, ticksOf } from '../../server/web/recordings.ts';
import { bucketOf } from '../latency/buckets.ts';
import { addPairs, emptyHistogram, totalCount } from '../latency/histogram.ts';
import { emptyTimeline, foldTick } from '../timeline/timeline.ts';
import { compareAddress, pairFromQuery, pairToQuery, WHOLE } from './address.ts';
import { baselineFromQuery, baselineToQuery, windowAsNow, windowBefore, windowToCompare } from './baseline.ts';
import { blocksOf, joinedBlocks } from './blocks.ts';
import { compare } from './compare.ts';
import { curvesOf, ninesHeight, stepPath } from './curves.ts';
import { timelineSet } from './timeline-set.ts';

const recording = (name: string) => new URL(`../../e2e/recordings/${name}`, import.meta.url);
const head = JSON.parse(readFileSync(recording('go-handle.json'), 'utf8')) as RecordingHead;
const timeline = emptyTimeline();
for (const tick of ticksOf(head, gunzipSync(readFileSync(recording('go-handle.ndjson.gz'))))) foldTick(timeline, tick);

const SECOND = 1e9;
const fixed = (from: number, to: number) => ({ kind: 'fixed', from: from * SECOND, to: to * SECOND }) as const;

describe('a session as a set of calls', () => {
  it('whole has every call, its exact maximum, and its blocks add up to it', () => {
    const set = timelineSet(timeline, WHOLE, false);
    expect(totalCount(set.histogram)).toBe(8713);
    expect(set).toMatchObject({ max: timeline.latency?.max, lost: 0, doubts: [] });
    const sum = emptyHistogram();
    for (const { buckets } of set.blocks) addPairs(sum, buckets);
    expect(sum).toEqual(set.histogram);
  });

  it('in a window has the calls of the window, and its two halves are all of it', () => {
    const [first, second] = [fixed(0, 14), fixed(14, 60)].map((window) => timelineSet(timeline, window, false));
    expect(totalCount(first?.histogram ?? emptyHistogram())).toBeGreaterThan(1000);
    expect(
      totalCount(first?.histogram ?? emptyHistogram()) + totalCount(second?.histogram ?? emptyHistogram()),
    ).toBeGreaterThanOrEqual(8713);
    expect(first?.span).toBeGreaterThanOrEqual(14 * SECOND);
  });

  it('compared with itself has not changed', () => {
    const set = timelineSet(timeline, WHOLE, false);
    const { percentiles, rate } = compare(set, set);
    expect([...percentiles, rate].map(({ verdict }) => verdict)).toEqual(Array(5).fill('no change'));
  });

  it('with alarms is in doubt', () => {
    expect(timelineSet({ ...timeline, alarms: ['Odd.'] }, WHOLE, false).doubts).toHaveLength(1);
  });

  it('in fewer blocks has the same calls and the same time', () => {
    const blocks = blocksOf(timeline.fine);
    const fewer = joinedBlocks(blocks, 10);
    expect(fewer.length).toBeLessThanOrEqual(10);
    const [before, after] = [blocks, fewer].map((some) => {
      const sum = emptyHistogram();
      for (const { buckets } of some) addPairs(sum, buckets);
      return { sum, span: some.reduce((total, { span }) => total + span, 0) };
    });
    expect(after).toEqual(before);
    expect(joinedBlocks([], 10)).toEqual([]);
  });
});

describe('the address of a comparison', () => {
  const query = (text: string) => {
    const parameters = new URLSearchParams(text);
    return (key: string) => parameters.get(key);
  };

  it('holds both sessions and their windows, and comes back as it was', () => {
    const pair = {
      a: { session: 'one/&2', window: fixed(1, 2) },
      b: { session: 'two', window: { kind: 'follow', span: 60 * SECOND } as const },
    };
    const address = compareAddress(pair);
    expect(address).toBe('/compare?a=one%2F%262&aw=1000000000-2000000000&b=two&bw=live-60000000000');
    expect(pairFromQuery(query(address.split('?')[1] ?? ''))).toEqual(pair);
    const whole = { a: { session: 'x', window: WHOLE }, b: null };
    expect(pairToQuery(whole)).toEqual([['a', 'x']]);
    expect(pairFromQuery(query('a=x'))).toEqual(whole);
  });

  it.each(['', 'a=', 'aw=1-2', `a=${'x'.repeat(20_000)}`])('that names nothing compares nothing: %.20s', (text) => {
    expect(pairFromQuery(query(text))).toEqual({ a: null, b: null });
  });

  it('with a window that makes no sense has the whole session', () => {
    expect(pairFromQuery(query('a=x&aw=9-3')).a?.window).toEqual(WHOLE);
  });
});

describe('the curves of two sets', () => {
  const counted = (counts: readonly (readonly [number, number])[]) => {
    const histogram = emptyHistogram();
    for (const [latency, count] of counts) addPairs(histogram, [bucketOf(latency), count]);
    return histogram;
  };

  it('are shares of each, whatever their numbers of calls', () => {
    const { rows } = curvesOf(
      counted([
        [1e6, 90],
        [1e8, 10],
      ]),
      counted([
        [1e6, 900_000],
        [1e8, 100_000],
      ]),
    );
    for (const { a, b } of rows) {
      expect(a.share).toBeCloseTo(b.share, 12);
      expect(a.height).toBeCloseTo(b.height, 12);
      expect(a.upTo).toBeCloseTo(b.upTo, 12);
    }
    expect(rows.at(-1)?.a).toMatchObject({ upTo: 1, nines: 1 });
    expect(Math.max(...rows.map(({ a }) => a.height))).toBeCloseTo(1, 9);
  });

  it('of an empty set lie on the ground', () => {
    const { rows } = curvesOf(counted([[1e6, 5]]), emptyHistogram());
    expect(rows.every(({ b }) => b.height === 0 && b.nines === 0)).toBe(true);
    expect(curvesOf(emptyHistogram(), emptyHistogram()).rows.every(({ a }) => a.height === 0)).toBe(true);
  });

  it('give each nine the same height', () => {
    expect([0, 0.9, 0.99, 0.999, 1].map((share) => Math.round(ninesHeight(share, 4) * 100) / 100)).toEqual([
      0, 0.25, 0.5, 0.75, 1,
    ]);
  });

  it('are drawn as steps', () => {
    expect(stepPath([0, 1, 0.5], 30)).toBe('M0 30V30.0H10.0V0.0H20.0V15.0H30.0');
  });
});

describe('what a session’s page offers to compare with', () => {
  const trace = { from: 100 * SECOND, to: 130 * SECOND };

  it('a baseline is kept as text, and nonsense is none', () => {
    const baseline = { session: 'x', window: fixed(1, 2), name: 'main.handle, 1 s to 2 s' };
    const kept = new URLSearchParams(baselineToQuery(baseline));
    expect(baselineFromQuery((key) => kept.get(key))).toEqual(baseline);
    expect(baselineFromQuery(() => null)).toBeNull();
  });

  it('a window that follows goes on following, and is pinned as it is now', () => {
    const follow = { kind: 'follow', span: null } as const;
    expect(windowToCompare(follow, trace, true)).toEqual({ kind: 'follow', span: 30 * SECOND });
    expect(windowToCompare(follow, trace, false)).toEqual(WHOLE);
    expect(windowToCompare(fixed(3, 4), trace, true)).toEqual(fixed(3, 4));
    expect(windowAsNow({ kind: 'follow', span: 10 * SECOND }, trace, true)).toEqual(fixed(20, 30));
    expect(windowAsNow({ kind: 'follow', span: 60 * SECOND }, trace, true)).toEqual(fixed(0, 30));
  });

  it('the time before a window is as long as it, where there is so much', () => {
    expect(windowBefore(fixed(10, 15))).toEqual(fixed(5, 10));
    expect(windowBefore(fixed(4, 15))).toBeNull();
    expect(windowBefore(WHOLE)).toBeNull();
  });
});
