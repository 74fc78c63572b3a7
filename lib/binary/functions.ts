/**
 * The function table of a file: rows of all its symbol tables in one, ordered by address, each name once an address.
 * Names stay bytes until somebody asks; look-ups by name go through a hash of the bytes.
 */

import { u8, utf8 } from '../elf/bytes.ts';
import type { FunctionColumns } from '../elf/symbols.ts';
import { nameAt } from '../elf/symbols.ts';
import type { FunctionTable, SymbolInfo } from './binary.ts';
import { demangledCandidates } from './identifiers.ts';
import { FLAG, type MergedFunctions, mergeTables } from './merge.ts';
import { indexNames } from './nameindex.ts';

/** Turns a linkage name into a readable one; returns its argument when there is nothing to demangle. */
export type Demangle = (name: string) => string;

/**
 * Builds the table from symbol tables, the most trusted first: where two hold the same name at the same address, the
 * first one's row stays. A million rows take about 0.3 s.
 */
export function buildFunctions(tables: readonly FunctionColumns[], demangle: Demangle): FunctionTable {
  const rows = mergeTables(tables);
  const reach = furthestEnds(rows);
  const name = (id: number): string => nameAt(rows.strings(id), rows.nameOffset[id] ?? 0);
  let lookUp: ((name: string) => number[]) | null = null;

  const get = (id: number): SymbolInfo => {
    if (!Number.isInteger(id) || id < 0 || id >= rows.count) {
      throw new RangeError(`Function ${id} of ${rows.count} was asked for.`);
    }
    const linkage = name(id);
    const [address, size] = [rows.address[id] ?? 0, rows.size[id] ?? 0];
    const symbol = { id, name: linkage, demangled: demangle(linkage), address, size, source: rows.source(id) };
    const flags = rows.flags[id] ?? 0;
    return {
      ...symbol,
      ...((flags & FLAG.RESOLVER) !== 0 && { isResolver: true }),
      ...((flags & FLAG.SIZE_IS_GUESS) !== 0 && { sizeIsGuess: true }),
    };
  };

  const named = (wanted: string): number[] => {
    lookUp ??= indexNames(rows);
    return lookUp(wanted);
  };

  return {
    count: rows.count,
    get,
    named,
    find: (wanted) => {
      const exact = named(wanted);
      if (exact.length > 0) return exact;
      return demangledCandidates(rows, wanted).filter((id) => demangle(name(id)) === wanted);
    },
    at: (address) => {
      const id = covering(rows, reach, address);
      return id === null ? null : get(id);
    },
    startingWith: (prefix) => startingWith(rows, utf8(prefix)),
  };
}

/** For each row the highest end of it and all rows before: tells a search backwards when to give up. */
function furthestEnds({ count, address, size }: MergedFunctions): Float64Array {
  const reach = new Float64Array(count);
  let furthest = 0;
  for (let id = 0; id < count; id++) {
    furthest = Math.max(furthest, (address[id] ?? 0) + (size[id] ?? 0));
    reach[id] = furthest;
  }
  return reach;
}

/** The row with the highest start that covers the address; of several with the same start, the first. */
function covering({ count, address, size }: MergedFunctions, reach: Float64Array, wanted: number): number | null {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((address[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  let found: number | null = null;
  for (let id = low - 1; id >= 0 && (reach[id] ?? 0) > wanted; id--) {
    const start = address[id] ?? 0;
    if (found !== null && start !== address[found]) break;
    if (wanted < start + (size[id] ?? 0)) found = id;
  }
  return found;
}

function startingWith(rows: MergedFunctions, prefix: Uint8Array): number[] {
  const ids: number[] = [];
  for (let id = 0; id < rows.count; id++) {
    const strings = rows.strings(id);
    const at = rows.nameOffset[id] ?? 0;
    let same = 0;
    while (same < prefix.length && u8(strings, at + same) === prefix[same]) same += 1;
    if (same === prefix.length) ids.push(id);
  }
  return ids;
}
