import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataDirectory, openDirectory } from './directory.ts';

test('data is where it was asked for, else where the environment says, else among the data of the user', () => {
  const env = { HEATPROBE_DATA: '/srv/hp', XDG_DATA_HOME: '/data' };
  expect(dataDirectory('/asked', { env, home: '/home/ann' })).toBe('/asked');
  expect(dataDirectory(null, { env, home: '/home/ann' })).toBe('/srv/hp');
  expect(dataDirectory(null, { env: { XDG_DATA_HOME: '/data' }, home: '/home/ann' })).toBe('/data/heatprobe');
  expect(dataDirectory(null, { env: { XDG_DATA_HOME: 'relative' }, home: '/home/ann' })).toBe(
    '/home/ann/.local/share/heatprobe',
  );
  expect(dataDirectory(null, { env: {}, home: '/home/ann' })).toBe('/home/ann/.local/share/heatprobe');
});

test('nobody but its user may look into it', () => {
  const path = openDirectory(join(mkdtempSync(join(tmpdir(), 'heatprobe-')), 'data'), 'shares');
  expect(statSync(path).mode & 0o777).toBe(0o700);
});
