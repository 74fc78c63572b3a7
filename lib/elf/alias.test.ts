import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasElf } from './alias.ts';
import { memorySource } from './bytes.ts';
import { type ElfFile, isElfProblem, parseElf } from './elf.ts';
import { nameAt, readSymtab } from './symbols.ts';

function opened(bytes: Uint8Array): ElfFile {
  const elf = parseElf(memorySource(bytes));
  if (isElfProblem(elf)) throw new Error(elf.detail);
  return elf;
}

/** A GNU build ID note: name size, ID size, type 3, "GNU", ID. */
const NOTE = Uint8Array.of(4, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 0x47, 0x4e, 0x55, 0, 0xde, 0xad, 0xbe, 0xef);

const alias = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/),
  vaddr: fc.integer({ min: 0, max: 2 ** 47 }),
});

describe('the alias file', () => {
  it('names each site at its address, one byte long', () => {
    fc.assert(
      fc.property(fc.uniqueArray(alias, { minLength: 1, maxLength: 50, selector: ({ name }) => name }), (aliases) => {
        const rows = readSymtab(opened(aliasElf(aliases, null)));
        if (!rows) throw new Error('no symbols');
        const names = Array.from(rows.nameOffset, (at) => nameAt(rows.strings, at));
        expect(names.map((name, i) => ({ name, vaddr: rows.address[i] }))).toEqual(aliases);
        expect(new Set(rows.size)).toEqual(new Set([1]));
        expect(new Set(rows.rank)).toEqual(new Set([0])); // global
      }),
    );
  });

  it('covers all sites with its text section', () => {
    const elf = opened(
      aliasElf(
        [0x5000, 0x1234, 0x9000].map((vaddr) => ({ name: `hp_${vaddr}`, vaddr })),
        null,
      ),
    );
    expect(elf.section('.text')).toMatchObject({ type: 8, address: 0x1234, size: 0x9000 - 0x1234 + 1 });
  });

  it('carries the build ID of its target, and none where the target has none', () => {
    expect(opened(aliasElf([{ name: 'a', vaddr: 1 }], NOTE)).buildId).toBe('deadbeef');
    expect(opened(aliasElf([{ name: 'a', vaddr: 1 }], null)).buildId).toBeNull();
  });

  it('is for the machine of its target', () => {
    expect(opened(aliasElf([{ name: 'a', vaddr: 1 }], null)).machine).toBe('x64');
    expect(opened(aliasElf([{ name: 'a', vaddr: 1 }], null, 'arm64')).machine).toBe('arm64');
  });

  it('takes no names but plain ones', () => {
    for (const name of ['', 'A', 'main.f', 'a*', 'a b', 'ä', '0a']) {
      expect(() => aliasElf([{ name, vaddr: 1 }], null)).toThrow(/not an alias name/);
    }
  });
});
