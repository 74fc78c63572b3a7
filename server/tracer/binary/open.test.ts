import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Binary } from '../../../lib/binary/binary.ts';
import { isProblem } from '../../../lib/problem.ts';
import { searchBinary } from './names.ts';
import { openBinary, type TargetFile } from './open.ts';
import { installed, type Workshop, workshop } from './testprograms.ts';

const C = `
#include <unistd.h>
#include <stdlib.h>
__attribute__((noinline)) static int hidden(int n) { return n * 3 + getpid(); }
__attribute__((noinline)) int shown(int n) { return hidden(n) + 1; }
int other(int n) __attribute__((alias("shown")));
static int one(void) { return 1; }
static int (*pick(void))(void) { return one; }
int chosen(void) __attribute__((ifunc("pick")));
__asm__(".text\\n.globl bare\\n.type bare,@function\\nbare: nop\\nnop\\nret\\n.globl after\\n.type after,@function\\nafter: ret\\n.size after,1\\n");
int main(int argc, char **argv) { if (argc > 1) sleep(60); return shown(argc) + chosen() == 0; }
`;

async function opened(target: TargetFile): Promise<Binary> {
  const binary = await openBinary(target);
  if (isProblem(binary)) throw new Error(binary.message);
  return binary;
}

async function code(target: TargetFile): Promise<string> {
  const result = await openBinary(target);
  return isProblem(result) ? result.problem : 'opened';
}

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts a program and waits until the kernel has put it into its process. */
async function started(path: string): Promise<number> {
  const child = spawn(path, ['wait'], { stdio: 'ignore' });
  children.push(child);
  await new Promise((resolve, reject) => child.once('spawn', () => resolve(null)).once('error', reject));
  return child.pid ?? -1;
}

describe('a big program', () => {
  it('is opened, and searched by readable name', async () => {
    const binary = await opened({ path: process.execPath });
    expect(binary.functions.count).toBeGreaterThan(1000);
    expect(binary.language).toBe('c++');
    const { matches, total } = await searchBinary(binary, 'node::Start');
    expect(total).toBeGreaterThan(0);
    expect(binary.functions.get(matches[0]?.id ?? -1).demangled).toMatch(/node::Start/);
  });

  it('is read once, whichever way it is reached', async () => {
    const byPath = await opened({ path: process.execPath });
    const byPid = await opened({ pid: process.pid });
    expect(byPid.functions).toBe(byPath.functions);
    expect([byPid.path, byPid.openPath]).toEqual([process.execPath, `/proc/${process.pid}/exe`]);
  });

  it('gives the bytes at an address', async () => {
    const binary = await opened({ path: process.execPath });
    const { address } = binary.functions.get(Math.floor(binary.functions.count / 2));
    expect(binary.bytes(address, 16)).toHaveLength(16);
    expect(binary.bytes(0, 16)).toHaveLength(0);
  });
});

describe('what is no target', () => {
  let shop: Workshop;
  beforeAll(() => {
    shop = workshop();
  });
  afterAll(() => shop.close());

  it('gets a problem of its own', async () => {
    expect(await code({ path: join(shop.directory, 'absent') })).toBe('target-not-found');
    expect(await code({ path: `${shop.write('file', 'x')}/below` })).toBe('target-not-found');
    expect(await code({ path: 'nul\0byte' })).toBe('target-not-found');
    expect(await code({ path: shop.directory })).toBe('target-is-directory');
    expect(await code({ path: shop.write('script', '#!/bin/sh\n') })).toBe('target-not-elf');
    expect(await code({ path: shop.write('empty', '') })).toBe('target-not-elf');
    expect(await code({ path: '/dev/null' })).toBe('target-not-elf');
    expect(await code({ pid: 2 ** 30 })).toBe('process-not-found');
    expect(await code({})).toBe('usage');
    expect(await code({ path: '' })).toBe('usage');
  });

  it('does not hang the tracer', async () => {
    shop.run('mkfifo', 'pipe');
    expect(await code({ path: join(shop.directory, 'pipe') })).toBe('target-not-elf');
  });

  it.skipIf(process.getuid?.() === 0)('names a missing permission', async () => {
    const path = shop.write('secret', 'x');
    shop.run('chmod', '000', path);
    expect(await code({ path })).toBe('target-unreadable');
  });

  it('names a foreign machine', async () => {
    const bytes = Buffer.alloc(64);
    bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    bytes.writeUInt16LE(243, 18);
    const path = join(shop.directory, 'riscv');
    writeFileSync(path, bytes);
    expect(await openBinary({ path })).toMatchObject({
      problem: 'target-wrong-machine',
      message: `${path} is built for RISC-V.`,
    });
    bytes[4] = 1;
    writeFileSync(path, bytes);
    expect(await code({ path })).toBe('target-wrong-machine');
  });
});

describe.skipIf(!installed('gcc') || !installed('strip'))('a C program', () => {
  let shop: Workshop;
  const path = (name: string) => join(shop.directory, name);
  beforeAll(() => {
    shop = workshop();
    shop.write('p.c', C);
    shop.run('gcc', '-O1', '-g0', '-o', 'p', 'p.c', '-Wl,--build-id=sha1');
    shop.run('gcc', '-c', '-o', 'p.o', 'p.c');
    copyFileSync(path('p'), path('bare'));
    shop.run('strip', 'bare');
  }, 60_000);
  afterAll(() => shop.close());

  it('shows aliases, indirect functions, statics and functions without a size', async () => {
    const { functions, language, languageVersion } = await opened({ path: path('p') });
    const named = (name: string) => functions.get(functions.find(name)[0] ?? -1);
    expect([language, languageVersion]).toEqual(['c', expect.stringMatching(/^GCC \d/)]);
    expect(named('other').address).toBe(named('shown').address);
    expect(named('chosen').size).toBeGreaterThan(0);
    expect(named('hidden').source).toBe('symtab');
    expect(named('bare').size).toBe(3);
    expect(named('after').size).toBe(1);
    expect(functions.find('getpid')).toEqual([]);
  });

  it('without names is refused, and has them again through its debug file', async () => {
    expect(await code({ path: path('bare') })).toBe('no-symbols');
    mkdirSync(path('.debug'), { recursive: true });
    shop.run('objcopy', '--only-keep-debug', 'p', '.debug/p.debug');
    shop.run('objcopy', '--add-gnu-debuglink=.debug/p.debug', 'bare', 'linked');
    const binary = await opened({ path: path('linked') });
    expect(binary.functions.get(binary.functions.find('hidden')[0] ?? -1).source).toBe('debugfile');
  });

  it('does not take a debug file of another build', async () => {
    mkdirSync(path('.debug'), { recursive: true });
    shop.run('gcc', '-O0', '-o', 'q', 'p.c', '-Wl,--build-id=none');
    shop.run('objcopy', '--only-keep-debug', 'q', '.debug/q.debug');
    shop.run('gcc', '-O2', '-s', '-o', 'r', 'p.c', '-Wl,--build-id=none');
    shop.run('objcopy', '--add-gnu-debuglink=.debug/q.debug', 'r', 's');
    expect(await code({ path: path('s') })).toBe('opened');
    shop.run('gcc', '-O0', '-DOTHER', '-o', 'q', 'p.c', '-Wl,--build-id=none', '-lm');
    writeFileSync(path('.debug/q.debug'), 'changed');
    shop.run('objcopy', '--remove-section=.comment', 's', 't');
    expect(await code({ path: path('t') })).toBe('no-symbols');
  });

  it('is not mistaken for its object file', async () => {
    expect(await openBinary({ path: path('p.o') })).toMatchObject({ problem: 'target-not-elf' });
  });

  it.each(['with space', `quo"te'`, 'co:lon,*[x]', 'ünïcode 漢字', '-o', '%s$(x)'])('may be named %s', async (name) => {
    copyFileSync(path('p'), path(name));
    expect((await opened({ path: path(name) })).path).toBe(path(name));
  });

  it('is opened through its process: deleted, and replaced by another file', async () => {
    copyFileSync(path('p'), path('gone'));
    const pid = await started(path('gone'));
    expect((await opened({ pid, path: path('gone') })).openPath).toBe(`/proc/${pid}/root${path('gone')}`);
    rmSync(path('gone'));
    expect((await opened({ pid })).functions.find('hidden')).toHaveLength(1);
    expect((await opened({ pid })).path).toBe(path('gone'));
    copyFileSync(path('bare'), path('gone'));
    expect((await opened({ pid })).functions.find('hidden')).toHaveLength(1);
    expect((await opened({ pid, path: path('gone') })).functions.find('hidden')).toHaveLength(1);
  });

  it('is read again when the file has changed', async () => {
    copyFileSync(path('p'), path('changing'));
    expect(await code({ path: path('changing') })).toBe('opened');
    const { ino } = statSync(path('changing'));
    copyFileSync(path('bare'), path('changing'));
    expect(statSync(path('changing')).ino).toBe(ino);
    expect(await code({ path: path('changing') })).toBe('no-symbols');
  });
});
