import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bringsToken, ownReadToken, readTokenFile } from './read-token.ts';

test('the token is made once, for its user alone, and stays the same', () => {
  const data = join(mkdtempSync(join(tmpdir(), 'heatprobe-')), 'data');
  const token = ownReadToken(data);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(ownReadToken(data)).toBe(token);
  expect(statSync(readTokenFile(data)).mode & 0o777).toBe(0o600);
});

test('where it cannot be kept nobody has it', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'heatprobe-')), 'file');
  writeFileSync(file, '');
  const token = ownReadToken(file);
  expect(token).toBeNull();
  for (const authorization of ['Bearer null', 'Bearer ', ''])
    expect(bringsToken({ headers: { authorization } }, token)).toBe(false);
});
