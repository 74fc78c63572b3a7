/** Look-up of functions by linkage name: a hash table over the names' bytes; no strings are made. */
import { u8, utf8 } from '../elf/bytes.ts';
import { endOfName } from '../elf/symbols.ts';
import type { MergedFunctions } from './merge.ts';

const NONE = -1;

/** Builds the index (a million names: about 0.1 s); the function gives the ids with a name, ascending. */
export function indexNames(rows: MergedFunctions): (name: string) => number[] {
  const mask = 2 ** Math.ceil(Math.log2(Math.max(2, rows.count))) - 1;
  const heads = new Int32Array(mask + 1).fill(NONE);
  // Chains rather than open addressing: thousands of static functions may share one name.
  const next = new Int32Array(rows.count);
  for (let id = rows.count - 1; id >= 0; id--) {
    const strings = rows.strings(id);
    const from = rows.nameOffset[id] ?? 0;
    const slot = hash(strings, from, endOfName(strings, from)) & mask;
    next[id] = heads[slot] ?? NONE;
    heads[slot] = id;
  }
  return (name) => {
    const wanted = utf8(name);
    const ids: number[] = [];
    for (let id = heads[hash(wanted, 0, wanted.length) & mask] ?? NONE; id !== NONE; id = next[id] ?? NONE) {
      if (isName(rows, id, wanted)) ids.push(id);
    }
    return ids;
  };
}

/** FNV-1a. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let value = 0x811c9dc5;
  for (let at = from; at < to; at++) value = Math.imul(value ^ u8(bytes, at), 0x01000193);
  return value ^ (value >>> 15);
}

function isName(rows: MergedFunctions, id: number, wanted: Uint8Array): boolean {
  const strings = rows.strings(id);
  const from = rows.nameOffset[id] ?? 0;
  if (endOfName(strings, from) - from !== wanted.length) return false;
  for (let at = 0; at < wanted.length; at++) if (strings[from + at] !== wanted[at]) return false;
  return true;
}
