import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SessionSource } from '../export/source.ts';
import { timelineOf } from '../timeline/timeline.ts';
import { ALL_OFF, type Switches } from './switches.ts';
import { type Secrets, sessionExample } from './visible.example.ts';
import { visible } from './visible.ts';

const secret = fc.stringMatching(/^[a-zA-Z0-9$.^*+(){}[\]_-]{8,24}$/).map((text) => `S${text}`);
const secrets: fc.Arbitrary<Secrets> = fc
  .uniqueArray(secret, { minLength: 9, maxLength: 9 })
  .filter((all) => all.every((one) => all.every((other) => one === other || !other.includes(one))))
  .map(
    ([
      directory = '',
      library = '',
      work = '',
      argument = '',
      printed = '',
      user = '',
      login = '',
      host = '',
      failure = '',
    ]) => ({
      directory,
      library,
      work,
      argument,
      printed,
      user,
      login,
      host,
      failure,
    }),
  );
const switches: fc.Arbitrary<Switches> = fc.record({
  commandLine: fc.boolean(),
  hostName: fc.boolean(),
  users: fc.boolean(),
  paths: fc.boolean(),
});

const STATES = ['planning', 'attaching', 'tracing', 'stopping', 'ended', 'failed'] as const;

/** Everything that a share lets out, as it goes over the wire. */
function bytesOf({ snapshot, status, tick, host }: ReturnType<typeof sessionExample>, on: Switches): string {
  const seen = visible(snapshot.head, on, host);
  const { command } = snapshot.head;
  const out = [
    seen.snapshot(snapshot),
    seen.tick(tick),
    withoutCalls(seen.source({ head: snapshot.head, timeline: timelineOf(snapshot.timeline) })),
    ...STATES.map((state) => status[state]).map((one) => [
      seen.status(one),
      seen.snapshot({ ...snapshot, head: { ...snapshot.head, status: one } }),
    ]),
    command && seen.command(command),
  ];
  return JSON.stringify(out);
}

/** Calls are columns of numbers, and many. */
const withoutCalls = ({ head, timeline }: SessionSource) => ({ head, timeline: { ...timeline, calls: null } });

describe('what a link lets out', () => {
  test('has no byte of what is switched off, in no field and no sentence', () => {
    fc.assert(
      fc.property(secrets, switches, (s, on) => {
        const bytes = bytesOf(sessionExample(s), on);
        const hidden = [
          ...(on.paths ? [] : [s.directory, s.library, s.work]),
          ...(on.commandLine ? [] : [s.argument, s.printed]),
          ...(on.users ? [] : [s.user, s.login]),
          ...(on.hostName ? [] : [s.host]),
          ...(Object.values(on).every(Boolean) ? [] : [s.failure]),
        ];
        for (const one of hidden) expect(bytes.includes(JSON.stringify(one).slice(1, -1)), one).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('is everything when all is switched on, but never its group', () => {
    const [given] = fc.sample(secrets, 1);
    if (!given) throw new Error('no sample');
    const { snapshot, host, tick } = sessionExample(given);
    const on = { commandLine: true, hostName: true, users: true, paths: true };
    const seen = visible(snapshot.head, on, host);
    const inGroup = { ...snapshot, head: { ...snapshot.head, group: 'others' } };
    expect(seen.snapshot(inGroup)).toEqual(snapshot);
    expect(seen.tick(tick)).toEqual(tick);
  });

  test('keeps the measurement and the names of functions', () => {
    const [given] = fc.sample(secrets, 1);
    if (!given) throw new Error('no sample');
    const { snapshot, host, tick } = sessionExample(given);
    const seen = visible(snapshot.head, ALL_OFF, host).snapshot(snapshot);
    expect({ ...seen.timeline, alarms: [] }).toEqual({ ...snapshot.timeline, alarms: [] });
    expect(visible(snapshot.head, ALL_OFF, host).tick(tick).calls).toBe(tick.calls);
    expect(seen.head.subject).toEqual({ ...snapshot.head.subject, path: 'tool' });
  });

  test('has no field that nobody thought of', () => {
    const s = 'secret';
    const given = {
      directory: s,
      library: s,
      work: s,
      argument: s,
      printed: s,
      user: s,
      login: s,
      host: s,
      failure: s,
    };
    const planted = plant(sessionExample(given));
    const on = { commandLine: true, hostName: true, users: true, paths: true };
    const bytes = bytesOf(planted, on);
    // A failure is an object of its own, let out as it is only when everything is.
    expect(bytes.replace(/"problem":\{[^{}]*\}/g, '').includes('PLANTED')).toBe(false);
  });
});

/** The same with one more field in every object. */
function plant<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(plant) as Value;
  const entries = Object.entries(value).map(([key, of]) => [key, plant(of)]);
  return Object.fromEntries([...entries, ['planted', 'PLANTED']]) as Value;
}
