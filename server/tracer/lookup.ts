import type { Binary, SymbolInfo } from '../../lib/binary/binary.ts';
import { type Problem, problem } from '../../lib/problem.ts';
import { searchBinary } from './binary/names.ts';

const NEAR_NAMES = 8;

/** Static functions of several files may share their names; the address tells them apart: `parse@0x4011d0`. */
const AT_ADDRESS = /^(.+)@0x([0-9a-f]+)$/;

/** The one function with this linkage name, or else this demangled name; several are an error that lists them. */
export async function lookUp(binary: Binary, wanted: string): Promise<SymbolInfo | Problem> {
  const [, name = wanted, address] = AT_ADDRESS.exec(wanted) ?? [];
  const found = binary.functions
    .find(name)
    .map((id) => binary.functions.get(id))
    .filter((symbol) => address === undefined || symbol.address === Number.parseInt(address, 16));
  const [first] = found;
  // Aliases of one function are one function.
  if (first && found.every((symbol) => symbol.address === first.address)) return first;
  if (first)
    return problem('symbol-ambiguous', {
      name,
      candidates: found.map(({ name: linkage, demangled, address }) => candidate(linkage, demangled, address, found)),
    });
  const inlinedInto = [...new Set(binary.inlinedCopies(name).map(({ into }) => into))];
  if (inlinedInto.length > 0) return problem('symbol-not-found', { name, path: binary.path, inlinedInto });
  return problem('symbol-not-found', { name, path: binary.path, near: await nearNames(binary, name) });
}

/** A linkage name is enough unless several functions share it (static functions of several files). */
function candidate(linkage: string, demangled: string, address: number, all: readonly SymbolInfo[]): string {
  const unique = all.filter((symbol) => symbol.name === linkage).length === 1;
  if (!unique) return `${linkage}@0x${address.toString(16)}`;
  return demangled === linkage ? linkage : `${linkage} (${demangled})`;
}

/** Functions whose names hold the longest words of the name asked for. */
async function nearNames(binary: Binary, name: string): Promise<string[]> {
  const words = name.split(/[^A-Za-z0-9_]+/).filter((word) => word.length > 1);
  for (const query of [words.join(' '), words.at(-1) ?? '']) {
    if (query === '') continue;
    const { matches } = await searchBinary(binary, query, NEAR_NAMES);
    if (matches.length > 0) return matches.map(({ id }) => binary.functions.get(id).demangled);
  }
  return [];
}
