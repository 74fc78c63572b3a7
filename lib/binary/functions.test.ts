import { describe, expect, it } from 'vitest';
import { utf8 } from '../elf/bytes.ts';
import type { FunctionColumns } from '../elf/symbols.ts';
import type { SymbolSource } from './binary.ts';
import { buildFunctions } from './functions.ts';
import { lastIdentifier } from './identifiers.ts';
import { orderByAddress } from './order.ts';

interface Row {
  name: string;
  address: number;
  size?: number;
  limit?: number;
  rank?: number;
}

/** A symbol table as columns. */
function table(source: SymbolSource, rows: readonly Row[]): FunctionColumns {
  const strings = utf8(`\0${rows.map(({ name }) => name).join('\0')}\0`);
  let offset = 1;
  const nameOffset = rows.map(({ name }) => {
    const at = offset;
    offset += utf8(name).length + 1;
    return at;
  });
  return {
    source,
    count: rows.length,
    address: Float64Array.from(rows, ({ address }) => address),
    size: Float64Array.from(rows, ({ size }) => size ?? 0),
    limit: Float64Array.from(rows, ({ limit }) => limit ?? Number.POSITIVE_INFINITY),
    rank: Uint8Array.from(rows, ({ rank }) => rank ?? 0),
    nameOffset: Uint32Array.from(nameOffset),
    strings,
  };
}

const demangle = (name: string) => name.replace(/^_Z\d+(\w+)v$/, '$1()');

describe('the function table', () => {
  const functions = buildFunctions(
    [
      table('symtab', [
        { name: 'second', address: 0x2000, size: 0x10 },
        { name: 'first', address: 0x1000, size: 0x40, rank: 2 },
        { name: 'alias', address: 0x1000, size: 0x40 },
        { name: 'inner', address: 0x1010, size: 8 },
        { name: '_Z5helpsv', address: 0x2010 },
        { name: 'last', address: 0x2030, limit: 0x2034 },
        { name: 'naïve@@V_1.0', address: 0x3000, size: 4 },
      ]),
      table('dynsym', [
        { name: 'second', address: 0x2000, size: 0x10 },
        { name: 'exported', address: 0x2000, size: 0x10 },
      ]),
    ],
    demangle,
  );
  const names = Array.from({ length: functions.count }, (_, id) => functions.get(id).name);

  it('is ordered by address, global names first, each name once an address', () => {
    expect(names).toEqual(['alias', 'first', 'inner', 'second', 'exported', '_Z5helpsv', 'last', 'naïve']);
    expect(functions.get(4).source).toBe('dynsym');
  });

  it('gives a size to functions without one: to the next symbol, not beyond the section', () => {
    expect(functions.get(5).size).toBe(0x20);
    expect(functions.get(6).size).toBe(4);
  });

  it('finds linkage names, then demangled names', () => {
    expect(functions.find('second')).toEqual([3]);
    expect(functions.find('naïve')).toEqual([7]);
    expect(functions.find('helps()')).toEqual([5]);
    expect(functions.find('absent')).toEqual([]);
    expect(functions.find('')).toEqual([]);
  });

  it('finds what covers an address', () => {
    expect(functions.at(0x1000)?.name).toBe('alias');
    expect(functions.at(0x1014)?.name).toBe('inner');
    expect(functions.at(0x1020)?.name).toBe('alias');
    expect(functions.at(0x1040)).toBeNull();
    expect(functions.at(0)).toBeNull();
  });

  it('lists by prefix and refuses unknown ids', () => {
    expect(functions.startingWith('se')).toEqual([3]);
    expect(functions.startingWith('')).toHaveLength(8);
    expect(() => functions.get(8)).toThrow(RangeError);
  });

  it('keeps thousands of functions of one name apart', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ name: 'init', address: 0x1000 + i * 16, size: 16 }));
    expect(buildFunctions([table('symtab', many)], demangle).find('init')).toHaveLength(5000);
  });

  it('takes a million symbols in well under a second', () => {
    const rows = Array.from({ length: 1_000_000 }, (_, i) => ({
      name: `function_${i}`,
      address: ((i * 7919) % 1_000_003) * 16,
      size: 16,
    }));
    const columns = table('symtab', rows);
    // The best of some rounds: the machine has other things to do.
    const times = Array.from({ length: 3 }, () => {
      const started = performance.now();
      const big = buildFunctions([columns], demangle);
      expect(big.count).toBe(1_000_000);
      const took = performance.now() - started;
      expect(big.find('function_999999')).toHaveLength(1);
      return took;
    });
    expect(Math.min(...times)).toBeLessThan(2000);
  }, 30_000);
});

describe('order by address', () => {
  it('sorts numbers above 32 bits, ties by rank and then by row', () => {
    const address = Float64Array.of(2 ** 47, 5, 2 ** 40 + 1, 5, 0, 2 ** 40);
    expect([...orderByAddress(address, Uint8Array.of(0, 1, 0, 0, 0, 0))]).toEqual([4, 3, 1, 5, 2, 0]);
    expect([...orderByAddress(new Float64Array(0), new Uint8Array(0))]).toEqual([]);
  });
});

describe('the last identifier', () => {
  it.each([
    ['node::fs::Open(v8::FunctionCallbackInfo<v8::Value> const&)', 'Open'],
    ['core::ptr::drop_in_place<alloc::string::String>', 'drop_in_place'],
    ['<alloc::vec::Vec<T> as core::ops::Drop>::drop', 'drop'],
    ['std::vector<int> const& pick<std::less<int> >(int)', 'pick'],
    ['(anonymous namespace)::go()', 'go'],
    ['a::operator+(int)', null],
    ['f()::{lambda()#1}::operator()() const', null],
  ])('of %s', (name, expected) => {
    expect(lastIdentifier(name)).toBe(expected);
  });
});
