/** Merging of a file's symbol tables into one, ordered by address. */
import { endOfName, type FunctionColumns, nameAt } from '../elf/symbols.ts';
import type { SymbolSource } from './binary.ts';
import { orderByAddress } from './order.ts';

/** All functions, one row each, in ascending order of address. */
export interface MergedFunctions {
  readonly count: number;
  readonly address: Float64Array;
  /** In bytes; never beyond the section, and never 0 unless nothing follows. */
  readonly size: Float64Array;
  readonly nameOffset: Uint32Array;
  /** Bits of FLAG. */
  readonly flags: Uint8Array;
  /** The bytes that hold the row's name. */
  strings(id: number): Uint8Array;
  source(id: number): SymbolSource;
}

/** What else is known of a row. */
export const FLAG = { RESOLVER: 1, SIZE_IS_GUESS: 2 };

interface Rows {
  readonly tables: readonly FunctionColumns[];
  readonly table: Uint8Array;
  readonly address: Float64Array;
  readonly size: Float64Array;
  readonly limit: Float64Array;
  readonly nameOffset: Uint32Array;
  readonly flags: Uint8Array;
}

/** Added to the rank of symbols without a size: labels such as `runtime.text` come after the function they mark. */
const NO_SIZE = 4;

export function mergeTables(tables: readonly FunctionColumns[]): MergedFunctions {
  const joined = join(tables);
  const order = orderByAddress(joined.rows.address, joined.tie);
  const kept = withoutDuplicates(joined.rows, order);
  const sorted = pick(joined.rows, kept);
  fillSizes(sorted);
  const of = (id: number) => tables[sorted.table[id] ?? 0];
  const none = new Uint8Array(0);
  return {
    count: kept.length,
    address: sorted.address,
    size: sorted.size,
    nameOffset: sorted.nameOffset,
    flags: sorted.flags,
    strings: (id) => of(id)?.strings ?? none,
    source: (id) => of(id)?.source ?? 'symtab',
  };
}

function empty(tables: readonly FunctionColumns[], count: number): Rows {
  return {
    tables,
    table: new Uint8Array(count),
    address: new Float64Array(count),
    size: new Float64Array(count),
    limit: new Float64Array(count),
    nameOffset: new Uint32Array(count),
    flags: new Uint8Array(count),
  };
}

function join(tables: readonly FunctionColumns[]): { rows: Rows; tie: Uint8Array } {
  const count = tables.reduce((sum, table) => sum + table.count, 0);
  const rows = empty(tables, count);
  const tie = new Uint8Array(count);
  let start = 0;
  tables.forEach((table, index) => {
    rows.table.fill(index, start, start + table.count);
    rows.address.set(table.address, start);
    rows.size.set(table.size, start);
    rows.limit.set(table.limit, start);
    rows.nameOffset.set(table.nameOffset, start);
    for (let i = 0; i < table.count; i++) {
      const sizeless = table.size[i] === 0;
      tie[start + i] = (table.rank[i] ?? 0) + (sizeless ? NO_SIZE : 0);
      rows.flags[start + i] = (table.resolver?.[i] ? FLAG.RESOLVER : 0) | (sizeless ? FLAG.SIZE_IS_GUESS : 0);
    }
    start += table.count;
  });
  return { rows, tie };
}

function pick(rows: Rows, kept: Uint32Array): Rows {
  const sorted = empty(rows.tables, kept.length);
  kept.forEach((row, id) => {
    sorted.table[id] = rows.table[row] ?? 0;
    sorted.address[id] = rows.address[row] ?? 0;
    sorted.size[id] = rows.size[row] ?? 0;
    sorted.limit[id] = rows.limit[row] ?? 0;
    sorted.nameOffset[id] = rows.nameOffset[row] ?? 0;
    sorted.flags[id] = rows.flags[row] ?? 0;
  });
  return sorted;
}

/** Up to so many names of one address are compared byte by byte, above that through a set of strings. */
const FEW_ALIASES = 8;

function withoutDuplicates(rows: Rows, order: Uint32Array): Uint32Array {
  const kept = new Uint32Array(order.length);
  let count = 0;
  for (let from = 0; from < order.length; ) {
    const address = rows.address[order[from] ?? 0];
    let to = from + 1;
    while (to < order.length && rows.address[order[to] ?? 0] === address) to += 1;
    const group = order.subarray(from, to);
    for (const row of to - from > FEW_ALIASES ? distinctByText(rows, group) : distinct(rows, group)) {
      kept[count++] = row;
    }
    from = to;
  }
  return kept.slice(0, count);
}

function distinct(rows: Rows, group: Uint32Array): readonly number[] | Uint32Array {
  if (group.length === 1) return group;
  const kept: number[] = [];
  for (const row of group) if (!kept.some((other) => sameName(rows, row, other))) kept.push(row);
  return kept;
}

function distinctByText(rows: Rows, group: Uint32Array): number[] {
  const byName = new Map<string, number>();
  for (const row of group) {
    const name = nameAt(stringsOf(rows, row), rows.nameOffset[row] ?? 0);
    if (!byName.has(name)) byName.set(name, row);
  }
  return [...byName.values()];
}

function stringsOf(rows: Rows, row: number): Uint8Array {
  return rows.tables[rows.table[row] ?? 0]?.strings ?? new Uint8Array(0);
}

function sameName(rows: Rows, a: number, b: number): boolean {
  const [left, right] = [stringsOf(rows, a), stringsOf(rows, b)];
  const [from, other] = [rows.nameOffset[a] ?? 0, rows.nameOffset[b] ?? 0];
  const length = endOfName(left, from) - from;
  if (endOfName(right, other) - other !== length) return false;
  for (let i = 0; i < length; i++) if (left[from + i] !== right[other + i]) return false;
  return true;
}

/** Cuts sizes at the end of the section; a size of 0 becomes the distance to the next address that has a symbol. */
function fillSizes({ address, size, limit }: Rows): void {
  let next = Number.POSITIVE_INFINITY;
  for (let id = address.length - 1; id >= 0; id--) {
    const start = address[id] ?? 0;
    const following = address[id + 1] ?? next;
    if (following > start) next = following;
    const room = Math.max(0, (limit[id] ?? 0) - start);
    const given = size[id] ?? 0;
    const wanted = given > 0 ? given : next - start;
    const cut = Math.min(wanted, room);
    size[id] = Number.isFinite(cut) ? cut : 0;
  }
}
