import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isProblem } from '../../lib/problem.ts';
import { installed, type Workshop, workshop } from './binary/testprograms.ts';
import { type Libraries, resolveLibraries } from './libraries.ts';
import { ownDirectories } from './searchpath.ts';

function resolved(target: { path?: string; pid?: number }): Libraries {
  const libraries = resolveLibraries(target);
  if (isProblem(libraries)) throw new Error(libraries.message);
  return libraries;
}

describe('libraries of a file', () => {
  it.skipIf(!installed('ldd'))('are those that ldd finds', () => {
    const { found, missing } = resolved({ path: process.execPath });
    const listing = execFileSync('ldd', [process.execPath], { encoding: 'utf8' });
    const expected = [...listing.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path = '']) => realpathSync(path));
    expect(found.map(({ openPath }) => realpathSync(openPath)).sort()).toEqual(expected.sort());
    expect(missing).toEqual([]);
  });

  it('are none for what is no program', () => {
    expect(resolveLibraries({ path: '/' })).toMatchObject({ problem: 'target-is-directory' });
    expect(resolveLibraries({ pid: 2 ** 30 })).toMatchObject({ problem: 'process-not-found' });
  });
});

describe('libraries of a process', () => {
  it('are the files it has mapped, its program not among them', () => {
    const { found } = resolved({ pid: process.pid });
    const libc = found.find(({ name }) => name.startsWith('libc.'));
    expect(statSync(libc?.openPath ?? '').isFile()).toBe(true);
    expect(found.some(({ path }) => path === process.execPath)).toBe(false);
  });
});

describe.skipIf(!installed('gcc'))('search paths', () => {
  let shop: Workshop;
  beforeAll(() => {
    shop = workshop();
    mkdirSync(join(shop.directory, 'deep/lib'), { recursive: true });
    shop.write('inner.c', 'int inner(void) { return 1; }');
    shop.write('outer.c', 'int inner(void); int outer(void) { return inner(); }');
    shop.write('p.c', 'int outer(void); int main(void) { return outer(); }');
    shop.run('gcc', '-shared', '-fPIC', '-o', 'deep/lib/libinner.so', 'inner.c');
    shop.run(
      'gcc',
      '-shared',
      '-fPIC',
      '-o',
      'deep/lib/libouter.so',
      'outer.c',
      'deep/lib/libinner.so',
      '-Wl,-soname,libouter.so',
    );
    shop.run('gcc', '-shared', '-fPIC', '-Wl,-soname,libinner.so', '-o', 'deep/lib/libinner.so', 'inner.c');
    shop.run(
      'gcc',
      '-shared',
      '-fPIC',
      '-o',
      'deep/lib/libouter.so',
      'outer.c',
      '-Ldeep/lib',
      '-linner',
      '-Wl,-soname,libouter.so',
    );
    for (const [name, tags] of [
      ['rpath', '--disable-new-dtags'],
      ['runpath', '--enable-new-dtags'],
    ] as const) {
      const path = '-Wl,-rpath,$ORIGIN/deep/lib,-rpath-link,deep/lib';
      shop.run('gcc', '-o', name, 'p.c', '-Ldeep/lib', '-louter', path, `-Wl,${tags}`);
    }
  }, 60_000);
  afterAll(() => shop.close());

  it('of DT_RPATH hold for the needs of libraries too', () => {
    const { found, missing } = resolved({ path: join(shop.directory, 'rpath') });
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(['libouter.so', 'libinner.so']));
    expect(missing).toEqual([]);
  });

  it('of DT_RUNPATH hold for the file’s own needs only', () => {
    const { found, missing } = resolved({ path: join(shop.directory, 'runpath') });
    expect(found.map(({ name }) => name)).toContain('libouter.so');
    expect(missing).toEqual(['libinner.so']);
  });

  it('may hold tokens; relative ones are left out', () => {
    expect(ownDirectories(`$ORIGIN/../lib:$\{ORIGIN}/x:rel::/abs`, '/o', 'x64')).toEqual(['/o/../lib', '/o/x', '/abs']);
    expect(ownDirectories(null, '/o', 'x64')).toEqual([]);
  });
});
