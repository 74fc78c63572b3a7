/** Searching an opened binary's functions by readable name. */
import type { Binary, FunctionTable } from '../../../lib/binary/binary.ts';
import { prepareNames, type SearchNames, type SearchResult, searchFunctions } from '../../../lib/binary/search.ts';

/** Prepared names, kept as long as the function table is. */
const prepared = new WeakMap<FunctionTable, Promise<SearchNames>>();

/** Longest stretch of demangling without letting other work in, in milliseconds. */
const SLICE = 12;

/** Ranked functions for a query; ids are those of `binary.functions`. The first search demangles all names. */
export async function searchBinary(binary: Binary, query: string, limit?: number): Promise<SearchResult> {
  return searchFunctions(await searchNames(binary.functions), query, limit);
}

/** The readable names of a table, prepared for searching: on first use, in slices. */
export function searchNames(functions: FunctionTable): Promise<SearchNames> {
  const known = prepared.get(functions) ?? prepare(functions);
  prepared.set(functions, known);
  return known;
}

async function prepare(functions: FunctionTable): Promise<SearchNames> {
  const names: string[] = [];
  let until = performance.now() + SLICE;
  for (let id = 0; id < functions.count; id++) {
    names.push(functions.get(id).demangled);
    if (id % 64 === 0 && performance.now() > until) {
      await new Promise((resume) => setImmediate(resume));
      until = performance.now() + SLICE;
    }
  }
  return prepareNames(names);
}
