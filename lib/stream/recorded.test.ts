import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bucketFrom, bucketOf } from '../latency/buckets.ts';
import { CALL_STRIDE, CallField, type Tick } from '../protocol/tick.ts';
import { assembler } from './assemble.ts';
import { decoder } from './decode.ts';

function ticksOf(name: string, isGo: boolean): Tick[] {
  const ticks: Tick[] = [];
  const made = assembler({
    isGo,
    singlesPerBucket: 20,
    now: () => 0,
    onTick: (tick) => ticks.push(tick),
    onFrozen: () => undefined,
  });
  const feed = decoder(made.push);
  feed.push(gunzipSync(readFileSync(new URL(`../../e2e/recordings/${name}.ndjson.gz`, import.meta.url))));
  feed.end();
  return ticks;
}

describe('recorded traces', () => {
  it.each([
    ['go-handle', true],
    ['node-deflate', false],
  ] as const)('fulfil the laws in every tick (%s)', (name, isGo) => {
    const ticks = ticksOf(name, isGo);
    const total = ticks.at(-1)?.totals.returned ?? 0;
    expect(ticks.length).toBeGreaterThan(50);
    let returned = 0;
    for (const { totals, alarms, buckets, latency, calls } of ticks) {
      expect(alarms).toEqual([]);
      expect(totals.entered).toBe(totals.returned + totals.unwound + totals.cutOff + totals.inFlight);
      for (let i = 1; i < buckets.length; i += 2) returned += buckets[i] ?? 0;
      if (latency) expect(latency.min).toBeLessThanOrEqual(latency.max);
      for (let at = 0; at < calls.length; at += CALL_STRIDE) {
        const duration = calls[at + CallField.duration] ?? -1;
        expect(duration).toBeGreaterThanOrEqual(bucketFrom(bucketOf(duration)));
      }
    }
    expect(returned).toBeLessThanOrEqual(total);
    expect(returned).toBeGreaterThan(total - 100);
  });
});
