/** Searching an opened binary's functions by readable name. */
import type { Binary, FunctionTable } from '../../../lib/binary/binary.ts';
import { prepareNames, type SearchNames, type SearchResult, searchFunctions } from '../../../lib/binary/search.ts';
import { similarIds } from '../../../lib/binary/similar.ts';
import { type NameGroups, nameGroups, type Tree, treeLines } from '../../../lib/binary/tree.ts';

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

/** Ids of functions that the query may have meant. */
export async function nearSymbols(binary: Binary, query: string): Promise<number[]> {
  return similarIds({ names: await searchNames(binary.functions), wanted: query });
}

const grouped = new WeakMap<FunctionTable, Promise<NameGroups>>();

/** Matching functions by package or namespace. The first question sorts all names into their places. */
export async function symbolTree(binary: Binary, query: string, toggled: ReadonlySet<string>): Promise<Tree> {
  const names = await searchNames(binary.functions);
  const groups = grouped.get(binary.functions) ?? group(names, binary);
  grouped.set(binary.functions, groups);
  return treeLines(names, await groups, query, toggled, binary.language);
}

async function group({ names }: SearchNames, { language }: Binary): Promise<NameGroups> {
  const steps = nameGroups(names, language);
  let until = performance.now() + SLICE;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (performance.now() < until) continue;
    await new Promise((resume) => setImmediate(resume));
    until = performance.now() + SLICE;
  }
}
