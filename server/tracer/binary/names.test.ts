import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Binary } from '../../../lib/binary/binary.ts';
import { isProblem } from '../../../lib/problem.ts';
import { searchBinary } from './names.ts';
import { openBinary } from './open.ts';
import { installed, workshop } from './testprograms.ts';

async function opened(target: { path: string }): Promise<Binary> {
  const binary = await openBinary(target);
  if (isProblem(binary)) throw new Error(binary.message);
  return binary;
}

describe.skipIf(!installed('g++'))('a C++ program', () => {
  it('has readable names, clones included', async () => {
    const shop = workshop();
    shop.write(
      'p.cc',
      'namespace a { struct S { int f(int) const; }; int S::f(int n) const { if (n) throw n; return 1; } }\nint main(int c, char**) { return a::S().f(c - 1); }\n',
    );
    shop.run('g++', '-O2', '-fno-inline', '-o', 'p', 'p.cc');
    const { functions, language, languageVersion } = await opened({ path: join(shop.directory, 'p') });
    expect([language, languageVersion]).toEqual(['c++', expect.stringMatching(/^(?:GCC|Clang) \d/)]);
    expect(functions.find('a::S::f(int) const')).toEqual(functions.find('_ZNK1a1S1fEi'));
    const [cold] = functions.startingWith('_ZNK1a1S1fEi.cold');
    if (cold !== undefined) expect(functions.get(cold).demangled).toBe('a::S::f(int) const [clone .cold]');
    shop.close();
  }, 60_000);
});

describe.skipIf(!installed('rustc'))('a Rust program', () => {
  const source =
    'mod shop { #[inline(never)] pub fn price(n: u64) -> u64 { n * 3 } }\nfn main() { println!("{}", shop::price(std::env::args().count() as u64)); }\n';

  it.each(['legacy', 'v0'])(
    'has readable names (%s mangling)',
    async (mangling) => {
      const shop = workshop();
      shop.write('p.rs', source);
      const unstable = mangling === 'legacy' ? ['-Zunstable-options'] : [];
      try {
        shop.run('rustc', '-O', `-Csymbol-mangling-version=${mangling}`, ...unstable, '-o', 'p', 'p.rs');
      } catch {
        shop.run('rustc', '-O', '-o', 'p', 'p.rs');
      }
      const binary = await opened({ path: join(shop.directory, 'p') });
      expect([binary.language, binary.languageVersion]).toEqual(['rust', expect.stringMatching(/^1\.\d+/)]);
      const { matches } = await searchBinary(binary, 'shop::price');
      const symbol = binary.functions.get(matches[0]?.id ?? -1);
      expect(symbol.demangled).toMatch(/^\w+::shop::price$/);
      expect(binary.functions.find(symbol.demangled)).toContain(symbol.id);
      shop.close();
    },
    60_000,
  );
});
