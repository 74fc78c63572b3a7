import type { Scenario } from './ticks.ts';

const between = (tick: number, from: number, to: number) => tick >= from && tick < to;

/** Every state a chart can be in. */
export const SCENARIOS = {
  'no call yet': { ticks: 40, bands: [] },
  'one call': { ticks: 60, bands: [{ latency: 1.3e6, spread: 1, calls: (tick) => (tick === 30 ? 1 : 0) }] },
  'two speeds and rare slow calls': {
    ticks: 1700,
    bands: [
      { latency: 0.9e6, spread: 1.18, calls: (tick) => 90 + 30 * Math.sin(tick / 190) },
      { latency: 4.4e6, spread: 1.16, calls: (tick) => 14 + 8 * Math.sin(tick / 110) },
      { latency: 2.2e7, spread: 1.3, calls: (tick) => (between(tick, 850, 1340) ? 9 : 0) },
      { latency: 3e8, spread: 1.4, calls: () => 0.02 },
      { latency: 2.6e9, spread: 1.1, calls: (tick) => (tick % 290 < 14 ? 0.5 : 0) },
    ],
    open: 4,
    unwoundEvery: 140,
  },
  'sampled: ten thousand calls a second': {
    ticks: 320,
    bands: [
      { latency: 3.1e3, spread: 1.3, calls: () => 900 },
      { latency: 2.6e4, spread: 1.5, calls: () => 120 },
    ],
    listed: 20,
    goroutines: false,
  },
  'events lost': {
    ticks: 400,
    bands: [{ latency: 6e4, spread: 1.6, calls: () => 60 }],
    lostAt: (tick) => (between(tick, 180, 215) || between(tick, 320, 326) ? 40 : 0),
    alarms: ['The kernel dropped 1,640 events between 13:00:18 and 13:00:33: counts of that time are lower bounds.'],
    goroutines: false,
  },
  'nine decades and several processes': {
    ticks: 900,
    bands: [
      { latency: 90, spread: 1.6, calls: () => 12 },
      { latency: 8e4, spread: 2.4, calls: () => 5 },
      { latency: 9e7, spread: 2.6, calls: () => 0.5 },
      { latency: 4e10, spread: 1.7, calls: () => 0.02 },
    ],
    processes: [4242, 4251, 4260],
    goroutines: false,
  },
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof SCENARIOS;
