import type { FunctionTable, SymbolInfo } from '../binary/binary.ts';
import type { Vaddr } from '../units.ts';
import type { Decoded, Instruction } from './instruction.ts';

/** What the planner needs of a binary: its functions and a decoder for its code. */
export interface CodeSource {
  readonly path: string;
  readonly functions: FunctionTable;
  readonly decode: (from: Vaddr, size: number) => Decoded;
}

/**
 * One stretch of the code that runs on the function's frame.
 *
 * `main` is the symbol itself. A `cold` piece is a stretch that the compiler moved away
 * (`f.cold`, `f.__part.1`): it belongs to this function alone. A `part` is a function of its own
 * (`f.part.0`), which the traced one enters by a tail jump and others may call as well: its exits
 * count only while a call of ours is open at that depth.
 */
export interface Piece {
  readonly kind: 'main' | 'cold' | 'part';
  readonly name: string;
  readonly from: Vaddr;
  readonly to: Vaddr;
  readonly instructions: readonly Instruction[];
}

/** The pieces of a function, or one sentence that says why they cannot be known. */
export type Pieces =
  | { readonly ok: true; readonly pieces: readonly Piece[] }
  | { readonly ok: false; readonly why: string };

/** Functions beyond this size are not decoded. The largest function of the node binary has about 200 KB. */
const LARGEST_FUNCTION = 4 * 1024 * 1024;
const MOST_PIECES = 64;

const SUFFIXES = /(\.(cold|part|__part|isra|constprop|lto_priv|localalias|llvm)(\.\d+)*)+$/;

/** A name without the suffixes that compilers add to pieces and clones. */
export function baseName(name: string): string {
  return name.replace(SUFFIXES, '');
}

function pieceKind(name: string): 'cold' | 'part' | null {
  const suffix = name.slice(baseName(name).length);
  if (/\.(cold|__part)\b/.test(suffix)) return 'cold';
  return /\.part\b/.test(suffix) ? 'part' : null;
}

/** Decodes a function with all pieces of it that it jumps to. */
export function collectPieces(source: CodeSource, symbol: SymbolInfo): Pieces {
  const pieces: Piece[] = [];
  const seen = new Set<Vaddr>();
  const wanted: { symbol: SymbolInfo; kind: Piece['kind'] }[] = [{ symbol, kind: 'main' }];
  for (let next = wanted.shift(); next; next = wanted.shift()) {
    const { address, size, name } = next.symbol;
    if (seen.has(address)) continue;
    seen.add(address);
    if (size <= 0) return { ok: false, why: `the size of ${name} is not known` };
    if (size > LARGEST_FUNCTION || seen.size > MOST_PIECES) return { ok: false, why: `${name} is too large to decode` };
    const decoded = source.decode(address, size);
    if (!decoded.ok) return { ok: false, why: `its code cannot be decoded: in ${name} ${decoded.why}` };
    pieces.push({ kind: next.kind, name, from: decoded.from, to: decoded.to, instructions: decoded.instructions });
    for (const target of leavingTargets(decoded.instructions, decoded.from, decoded.to)) {
      const other = source.functions.at(target);
      if (!other || baseName(other.name) !== baseName(symbol.name)) continue;
      const kind = pieceKind(other.name);
      if (kind) wanted.push({ symbol: other, kind });
    }
  }
  return { ok: true, pieces };
}

function leavingTargets(instructions: readonly Instruction[], from: Vaddr, to: Vaddr): Vaddr[] {
  const targets: Vaddr[] = [];
  for (const { flow } of instructions) {
    if (flow.kind !== 'jump' && flow.kind !== 'conditional-jump') continue;
    if (flow.target < from || flow.target >= to) targets.push(flow.target);
  }
  return targets;
}

/** Where an address is, for people: `+0x1f` in the main piece, `f.cold+0x8` elsewhere. */
export function placeIn(piece: Piece, address: Vaddr): string {
  const offset = `+0x${(address - piece.from).toString(16)}`;
  return piece.kind === 'main' ? offset : `${piece.name}${offset}`;
}
