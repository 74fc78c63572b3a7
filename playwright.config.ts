import { defineConfig } from '@playwright/test';
import { chromium } from './scripts/toolchain.mjs';

const MEASURED = /@measured/;

export default defineConfig({
  testDir: 'e2e/browser',
  globalSetup: './e2e/browser/start-server.ts',
  outputDir: '.cache/playwright',
  workers: 1,
  projects: [
    { name: 'together', grepInvert: MEASURED },
    // Tests of how long something takes: never beside others.
    { name: 'measured', grep: MEASURED },
  ],
  timeout: 90_000,
  expect: {
    timeout: 20_000,
    // Text is smoothed a little differently by each version of the browser.
    toHaveScreenshot: { maxDiffPixelRatio: 0.01, threshold: 0.25, animations: 'disabled' },
  },
  snapshotPathTemplate: 'e2e/browser/pictures/{arg}{ext}',
  reporter: [['list']],
  use: {
    // Set by the global set-up, which knows the port; this file is read again in each worker.
    baseURL: process.env.HEATPROBE_URL ?? 'http://localhost:1',
    storageState: process.env.HEATPROBE_STATE ?? { cookies: [], origins: [] },
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? chromium() ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-sync',
        // Text looks the same with and without windows.
        '--font-render-hinting=none',
      ],
    },
  },
});
