import type { FunctionTable, SymbolInfo } from '../binary/binary.ts';
import type { FrameExtent } from '../elf/ehframe.ts';
import type { Machine } from '../elf/elf.ts';
import type { Vaddr } from '../units.ts';
import { stackHeights } from './heights.ts';
import type { Decoded, Instruction } from './instruction.ts';

/** What the planner needs of a binary: its functions and a decoder for its code. */
export interface CodeSource {
  readonly path: string;
  readonly machine: Machine;
  readonly functions: FunctionTable;
  readonly decode: (from: Vaddr, size: number) => Decoded;
  /** The stretch around an address that the tables for unwinding describe as one; null where there is none. */
  readonly extentAt: (address: Vaddr) => FrameExtent | null;
}

/**
 * One stretch of the code that runs on the function's frame.
 *
 * `main` is the symbol itself. A `cold` piece is a stretch that the compiler moved away
 * (`f.cold`, `f.__part.1`, or without a name in a stripped file): it belongs to this function alone. A `part` is a function of its own
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
  const main: Stretch = { kind: 'main', name: symbol.name, from: symbol.address, to: endOf(source, symbol) };
  const wanted = [main];
  for (let next = wanted.shift(); next; next = wanted.shift()) {
    if (isInside(pieces, next.from)) continue;
    const { kind, name, from, to } = next;
    if (to <= from) return { ok: false, why: `the size of ${name} is not known` };
    if (to - from > LARGEST_FUNCTION || pieces.length >= MOST_PIECES)
      return { ok: false, why: `${name} is too large to decode` };
    const decoded = source.decode(from, to - from);
    if (!decoded.ok) return { ok: false, why: `its code cannot be decoded: in ${name} ${decoded.why}` };
    pieces.push({ kind, name, from: decoded.from, to: decoded.to, instructions: decoded.instructions });
    // Only with all known pieces at hand can the stack's height in one be told that another jumps to.
    if (wanted.length === 0) wanted.push(...missingPieces(source, symbol, pieces));
  }
  return { ok: true, pieces };
}

/** A piece that is not decoded yet. */
type Stretch = Pick<Piece, 'kind' | 'name' | 'from' | 'to'>;

/** Where a symbol ends: where the file does not say, the tables for unwinding know it. */
function endOf(source: CodeSource, { address, size, sizeIsGuess }: SymbolInfo): Vaddr {
  const extent = size <= 0 || sizeIsGuess ? source.extentAt(address) : null;
  return extent?.to ?? address + size;
}

const isInside = (pieces: readonly Piece[], address: Vaddr): boolean =>
  pieces.some(({ from, to }) => address >= from && address < to);

function missingPieces(source: CodeSource, symbol: SymbolInfo, pieces: readonly Piece[]): Stretch[] {
  const leaving = leavingJumps(pieces);
  if (leaving.length === 0) return [];
  const heights = stackHeights(
    pieces.flatMap((piece) => piece.instructions),
    symbol.address,
  );
  return leaving.flatMap(({ address, target, isConditional }) => {
    const other = source.functions.at(target);
    if (other && baseName(other.name) === baseName(symbol.name)) {
      const kind = pieceKind(other.name);
      return kind ? [{ kind, name: other.name, from: other.address, to: endOf(source, other) }] : [];
    }
    const extent = source.extentAt(target);
    // A symbol without a size, or one of few in a stripped file, seems to reach over code that is not its own.
    const named = other !== null && (!extent || (other.address >= extent.from && other.address < extent.to));
    if (named || !extent) return [];
    const kind = namelessKind(source, extent, heights.get(address) ?? null, isConditional, pieces);
    return kind ? [namelessPiece(kind, extent, target, pieces)] : [];
  });
}

/**
 * What code without a symbol is to the function that jumps there: a piece that is entered with a frame in place, or
 * that jumps back into the middle of the function, can be no other's. Code that is entered like a function, but here
 * with the frame in place, ends calls of several functions (compilers outline common ends). So may what a conditional
 * jump leads to before there is a frame: mostly a cold piece, and if it is a function, then the call goes on in it until
 * it returns. Else it is another function.
 */
function namelessKind(
  source: CodeSource,
  extent: FrameExtent,
  height: number | null,
  isConditional: boolean,
  pieces: readonly Piece[],
): 'cold' | 'part' | null {
  // The linkage table is described as framed too, but nobody jumps there with a frame in place.
  if (extent.framed && height !== 0) return 'cold';
  const { instructions } = source.decode(extent.from, Math.min(extent.to - extent.from, LARGEST_FUNCTION));
  const starts = new Set(pieces.map((piece) => piece.from));
  const jumpsBack = instructions.some(
    ({ flow }) =>
      (flow.kind === 'jump' || flow.kind === 'conditional-jump') &&
      isInside(pieces, flow.target) &&
      !starts.has(flow.target),
  );
  if (jumpsBack) return 'cold';
  if (height === null) return null;
  return height > 0 || isConditional ? 'part' : null;
}

function namelessPiece(kind: Piece['kind'], extent: FrameExtent, target: Vaddr, pieces: readonly Piece[]): Stretch {
  // What the function's symbol already covers must not be decoded, and probed, twice.
  const from = Math.max(extent.from, ...pieces.filter((p) => p.to <= target).map((p) => p.to));
  const to = Math.min(extent.to, ...pieces.filter((p) => p.from > target).map((p) => p.from));
  return { kind, name: `part at 0x${from.toString(16)}`, from, to };
}

function leavingJumps(pieces: readonly Piece[]): { address: Vaddr; target: Vaddr; isConditional: boolean }[] {
  return pieces.flatMap(({ instructions }) =>
    instructions.flatMap(({ address, flow }) =>
      (flow.kind === 'jump' || flow.kind === 'conditional-jump') && !isInside(pieces, flow.target)
        ? [{ address, target: flow.target, isConditional: flow.kind === 'conditional-jump' }]
        : [],
    ),
  );
}

/** Where an address is, for people: `+0x1f` in the main piece, `f.cold+0x8` elsewhere. */
export function placeIn(piece: Piece, address: Vaddr): string {
  const offset = `+0x${(address - piece.from).toString(16)}`;
  return piece.kind === 'main' ? offset : `${piece.name}${offset}`;
}
