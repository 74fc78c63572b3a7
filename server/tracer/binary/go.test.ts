import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Binary } from '../../../lib/binary/binary.ts';
import { memorySource } from '../../../lib/elf/bytes.ts';
import { isElfProblem, parseElf } from '../../../lib/elf/elf.ts';
import { goInlinedCopies } from '../../../lib/elf/goinline.ts';
import { goFunctions, readGoTable } from '../../../lib/elf/gopclntab.ts';
import { isProblem } from '../../../lib/problem.ts';
import { openBinary } from './open.ts';
import { goCommands, installed, type Workshop, workshop } from './testprograms.ts';

const PROGRAM = `package main

import (
	"fmt"
	"net"
	"net/rpc"
	"os"
)

//go:noinline
func work(n int) int { return outer(n) + len(os.Args) }

func outer(n int) int { return double(n) + 1 }

func double(n int) int { return n*2 + len(os.Args) }

func pick[T any](v []T, i int) T { return v[i%len(v)] }

//go:noinline
func keep[T any](v T) T { return v }

func main() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	c, err := rpc.Dial("tcp", l.Addr().String())
	if err != nil {
		panic(err)
	}
	var r int
	err = c.Call("Arith.Mul", work(4), &r)
	fmt.Println(r, err, pick(os.Args, 3), keep("x"), keep(1))
}
`;

async function opened(path: string): Promise<Binary> {
  const binary = await openBinary({ path });
  if (isProblem(binary)) throw new Error(binary.message);
  return binary;
}

/** Kinds of build: what is linked, and whether names were removed. */
const BUILDS: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  stripped: ['-ldflags=-s -w'],
  pie: ['-buildmode=pie', '-ldflags=-s -w'],
};

describe.each(goCommands())('programs built by %s', (go) => {
  let shop: Workshop;
  beforeAll(() => {
    shop = workshop();
    shop.write('go.mod', 'module example.com/arith\n\ngo 1.18\n');
    shop.write('main.go', PROGRAM);
    mkdirSync(join(shop.directory, 'out'));
    for (const [name, flags] of Object.entries(BUILDS)) shop.run(go, 'build', '-o', `out/${name}`, ...flags, '.');
  }, 180_000);
  afterAll(() => shop.close());

  const path = (name: string) => join(shop.directory, 'out', name);
  const version = () => /go(\d[\d.]+)/.exec(shop.run(go, 'version'))?.[1];

  it.each(Object.keys(BUILDS))('tell their language, version and functions (%s)', async (name) => {
    const binary = await opened(path(name));
    expect([binary.language, binary.languageVersion]).toEqual(['go', version()]);
    const [work = -1] = binary.functions.find('main.work');
    expect(binary.functions.get(work).source).toBe(name === 'plain' ? 'symtab' : 'gopclntab');
    expect(binary.functions.at(binary.functions.get(work).address)?.name).toBe('main.work');
    expect(binary.buildId).toBeTruthy();
  });

  it('have the same functions at the same addresses in both tables', async () => {
    const binary = await opened(path('plain'));
    const table = readGoTable(binary.elf);
    if (!table) throw new Error('no table');
    const columns = goFunctions(table);
    let same = 0;
    for (const address of columns.address) same += binary.functions.at(address)?.address === address ? 1 : 0;
    expect(same / columns.count).toBeGreaterThan(0.999);
  });

  it.each(Object.keys(BUILDS))('tell where functions were inlined (%s)', async (name) => {
    const binary = await opened(path(name));
    expect(binary.functions.find('net/rpc.(*Client).Call')).toEqual([]);
    // Go inlines generic functions from 1.20 on.
    const generic = binary.functions.startingWith('main.pick[').length === 0 ? ['main.main'] : [];
    for (const [wanted, into] of [
      ['net/rpc.(*Client).Call', ['main.main']],
      ['main.outer', ['main.work']],
      ['main.double', ['main.work']],
      ['main.pick[string]', generic],
      ['main.work', []],
      ['no.such', []],
    ] as const) {
      const copies = binary.inlinedCopies(wanted);
      expect([...new Set(copies.map((copy) => copy.into))].sort()).toEqual(into);
      for (const copy of copies) expect(binary.functions.at(copy.address)?.name).toBe(copy.into);
    }
  });

  it('give the address that the line table gives for the inlined code', async () => {
    const binary = await opened(path('plain'));
    const [copy] = binary.inlinedCopies('main.double');
    const line = PROGRAM.split('\n').findIndex((text) => text.startsWith('func double')) + 1;
    const listing = shop.run(go, 'tool', 'objdump', '-s', 'main.work', 'out/plain');
    const first = new RegExp(`main\\.go:${line}\\s+0x([0-9a-f]+)`).exec(listing)?.[1];
    expect(first).toBeDefined();
    expect(copy?.address.toString(16)).toBe(first);
  });

  it('survive damage', () => {
    const whole = readFileSync(path('stripped'));
    const area = parseElf(memorySource(whole));
    const table = isElfProblem(area) ? null : area.section('.gopclntab');
    if (!table) throw new Error('no table');
    const change = fc.record({ at: fc.oneof(fc.nat(200), fc.nat(table.size)), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), (changes) => {
        const bytes = new Uint8Array(whole);
        for (const { at, byte } of changes) bytes[table.offset + at] = byte;
        const elf = parseElf(memorySource(bytes));
        const found = isElfProblem(elf) ? null : readGoTable(elf);
        if (isElfProblem(elf) || !found) return;
        goFunctions(found);
        goInlinedCopies(elf, found)('main.double');
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe.skipIf(!installed('strip') || goCommands().length === 0)('a program without section headers', () => {
  it('is found by its magic number', async () => {
    const shop = workshop();
    shop.write('go.mod', 'module example.com/tiny\n\ngo 1.18\n');
    shop.write('main.go', 'package main\n\nfunc main() { println(1) }\n');
    shop.run('go', 'build', '-ldflags=-s -w', '-o', 'tiny', '.');
    const bytes = new Uint8Array(readFileSync(join(shop.directory, 'tiny')));
    bytes.fill(0, 40, 48);
    bytes.fill(0, 60, 64);
    const elf = parseElf(memorySource(bytes));
    if (isElfProblem(elf)) throw new Error(elf.detail);
    expect(readGoTable(elf)?.count).toBeGreaterThan(1000);
    shop.close();
  }, 120_000);
});
