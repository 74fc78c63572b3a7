/**
 * Go's inline tree: which functions were copied into which, from the tables that the runtime uses to print
 * inlined frames in tracebacks. It survives stripping, and knows names that have no symbol any more.
 * Format: Go's src/runtime/symtab.go and symtabinl.go. A function's PCDATA_InlTreeIndex table maps program counters
 * to an index into its FUNCDATA_InlTree array; an entry names the copied function and, by `parentPc`, an
 * instruction of the place it was copied to. Go 1.18 and newer.
 */
import { cString, endOfText, i32, indexOfBytes, u8, u32, utf8 } from './bytes.ts';
import type { ElfFile } from './elf.ts';
import { MODULE_WORD } from './gomodule.ts';
import { indexAt, type PcRanges, readPcRanges } from './gopcdata.ts';
import { type GoTable, goEntry, goFunc } from './gopclntab.ts';

/** One copy of a function: the function that holds it (as Go's table spells it) and the copy's first instruction. */
export interface GoInlinedCopy {
  readonly into: string;
  readonly address: number;
}

const PCDATA_INL_TREE_INDEX = 2;
const FUNCDATA_INL_TREE = 3;
const NO_FUNCDATA = 0xffffffff;

/** Byte positions in one entry of the tree. */
interface EntryLayout {
  readonly size: number;
  readonly name: number;
  readonly parentPc: number;
}

/** Go 1.18 and 1.19 hold parent, file and line as well; newer ones do not. */
const LONG: EntryLayout = { size: 20, name: 12, parentPc: 16 };
const SHORT: EntryLayout = { size: 16, name: 4, parentPc: 8 };

interface Trees {
  readonly table: GoTable;
  readonly elf: ElfFile;
  /** What funcdata offsets are relative to (`go:func.*`). */
  readonly base: number;
  readonly layout: EntryLayout;
}

/** Prepares look-ups of inlined copies. The answer is empty where the table does not tell. */
export function goInlinedCopies(elf: ElfFile, table: GoTable): (name: string) => readonly GoInlinedCopy[] {
  let trees: Trees | null | undefined;
  return (name) => {
    trees ??= openTrees(elf, table);
    const wanted = trees ? nameOffsets(table, name) : [];
    return trees && wanted.length > 0 ? search(trees, new Set(wanted)) : [];
  };
}

/**
 * Where a name stands among the table's names. The tables spell the type arguments of a generic function in several
 * ways (`F[...]`, `F[go.shape.int_0]`), so if the exact spelling is not there, every instance of the function counts.
 */
function nameOffsets(table: GoTable, name: string): number[] {
  if (name === '') return [];
  const names = table.bytes.subarray(table.names, table.pctab);
  const exact = indexOfBytes(names, utf8(`\0${name}\0`));
  if (exact >= 0) return [exact + 1];
  const [open, close] = [name.indexOf('['), name.lastIndexOf(']')];
  if (open < 0 || close < open) return [];
  const [head, tail] = [utf8(`\0${name.slice(0, open + 1)}`), name.slice(close)];
  const offsets: number[] = [];
  for (let at = indexOfBytes(names, head); at >= 0; at = indexOfBytes(names, head, at + 1)) {
    const spelling = cString(names, at + 1);
    if (spelling.slice(spelling.lastIndexOf(']')) === tail) offsets.push(at + 1);
  }
  return offsets;
}

function search(trees: Trees, wanted: ReadonlySet<number>): GoInlinedCopy[] {
  const copies: GoInlinedCopy[] = [];
  for (let i = 0; i < trees.table.count; i++) {
    const tree = readTree(trees, i);
    if (!tree?.names.some((name) => wanted.has(name))) continue;
    const first = firstAddresses(tree);
    tree.names.forEach((name, index) => {
      const offset = first[index];
      if (!wanted.has(name) || offset === undefined || offset < 0) return;
      copies.push({ into: functionName(trees.table, i), address: goEntry(trees.table, i) + offset });
    });
  }
  return copies;
}

function functionName(table: GoTable, i: number): string {
  const name = table.names + u32(table.bytes, goFunc(table, i) + 4);
  return cString(table.bytes.subarray(0, endOfText(table.bytes, name)), name);
}

/** One function's inline tree. */
interface Tree {
  readonly ranges: PcRanges;
  /** By index: offset of the copied function's name among the names. */
  readonly names: readonly number[];
  /** By index: offset from the function's entry of an instruction of the parent. */
  readonly parentPcs: readonly number[];
}

function readTree({ table, elf, base, layout }: Trees, i: number): Tree | null {
  const place = inlineData(table, i);
  if (!place) return null;
  const size = goEntry(table, i + 1) - goEntry(table, i);
  const ranges = readPcRanges(table.bytes, { offset: table.pctab + place.pcdata, quantum: table.quantum, size });
  const count = ranges.values.reduce((most, value) => Math.max(most, value), -1) + 1;
  if (count === 0) return null;
  const entries = elf.bytesAt(base + place.funcdata, count * layout.size);
  if (entries.length < count * layout.size) return null;
  const column = (at: number) => Array.from({ length: count }, (_, k) => i32(entries, k * layout.size + at));
  return { ranges, names: column(layout.name), parentPcs: column(layout.parentPc) };
}

/** Where a function's program counter table and its tree are; null if nothing was inlined into it. */
function inlineData(table: GoTable, i: number): { pcdata: number; funcdata: number } | null {
  const { bytes, layout } = table;
  const at = goFunc(table, i);
  // 1.20 put startLine before the four single bytes, the last of which is nfuncdata.
  const header = layout === '1.20' ? 44 : 40;
  const [npcdata, nfuncdata] = [u32(bytes, at + 28), u8(bytes, at + header - 1)];
  if (npcdata <= PCDATA_INL_TREE_INDEX || nfuncdata <= FUNCDATA_INL_TREE) return null;
  const pcdata = u32(bytes, at + header + PCDATA_INL_TREE_INDEX * 4);
  const funcdata = u32(bytes, at + header + (npcdata + FUNCDATA_INL_TREE) * 4);
  return pcdata === 0 || funcdata === NO_FUNCDATA ? null : { pcdata, funcdata };
}

/** By index: offset of the first instruction that belongs to the copy or to a copy within it; -1 if none does. */
function firstAddresses({ ranges, parentPcs }: Tree): number[] {
  const first = parentPcs.map(() => -1);
  for (let k = 0; k < ranges.values.length; k++) {
    let index = ranges.values[k] ?? -1;
    // A chain is at most as long as the tree; more steps mean a loop in damaged data.
    for (let step = 0; index >= 0 && step <= first.length; step++) {
      if ((first[index] ?? 0) >= 0) break;
      first[index] = ranges.starts[k] ?? 0;
      index = indexAt(ranges, parentPcs[index] ?? 0);
    }
  }
  return first;
}

/** Which functions to try a guess on: enough that a wrong guess cannot pass by chance. */
const PROBED_TREES = 64;

/**
 * Finds the base of the trees and their layout. Fields of the module data move between Go releases, so a word counts
 * only when the trees read through it make sense; the places of the known releases are tried first.
 */
function openTrees(elf: ElfFile, table: GoTable): Trees | null {
  const { module } = table;
  if (!module) return null;
  const known = table.layout === '1.18' ? MODULE_WORD.GOFUNC_1_18 : MODULE_WORD.GOFUNC_1_20;
  const others = Array.from({ length: 30 }, (_, k) => MODULE_WORD.TEXT + 8 + k);
  const layouts = table.layout === '1.18' ? [LONG, SHORT] : [SHORT, LONG];
  for (const word of [known, ...others]) {
    const base = module.word(word);
    if (elf.vaddrToOffset(base) === null) continue;
    const found = layouts.map((layout) => ({ table, elf, base, layout })).find(makesSense);
    if (found) return found;
  }
  return null;
}

function makesSense(trees: Trees): boolean {
  const { table } = trees;
  let probed = 0;
  for (let i = 0; i < table.count && probed < PROBED_TREES; i++) {
    if (!inlineData(table, i)) continue;
    const tree = readTree(trees, i);
    const size = goEntry(table, i + 1) - goEntry(table, i);
    if (!tree?.names.every((name) => startsName(table, name))) return false;
    if (!tree.parentPcs.every((pc) => pc >= 0 && pc < size)) return false;
    probed += 1;
  }
  return probed > 0;
}

function startsName(table: GoTable, name: number): boolean {
  const at = table.names + name;
  return name > 0 && at < table.pctab && table.bytes[at - 1] === 0 && table.bytes[at] !== 0;
}
