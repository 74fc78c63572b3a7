import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['lib/**/*.test.ts', 'server/**/*.test.ts', 'components/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'runtime',
          include: ['e2e/runtime/**/*.test.ts'],
          // Real probes, real programs. Half of the time is waiting for probes to attach, so more at a time than
          // there are cores; each file has a process of its own, and tells what it left behind from what others did.
          pool: 'forks',
          maxWorkers: 3,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
