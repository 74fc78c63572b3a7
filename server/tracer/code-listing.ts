/** A function's code for reading: all pieces that the plan decodes, or what can be decoded of a refused one. */
import type { Binary, SymbolInfo } from '../../lib/binary/binary.ts';
import { collectPieces } from '../../lib/plan/code.ts';
import type { Instruction } from '../../lib/plan/instruction.ts';
import { hexadecimal } from '../../lib/program/by-hand/shell.ts';
import type { CodeListing, CodePiece } from '../../lib/protocol/code.ts';
import { codeSource } from './code-source.ts';

/** About 3 MB on the wire; nobody reads so much. */
const MOST_LINES = 30_000;

export function codeListing(binary: Binary, symbol: SymbolInfo): CodeListing {
  const source = codeSource(binary);
  const collected = collectPieces(source, symbol);
  if (collected.ok) return listed(binary, collected.pieces, '');
  const { instructions } = source.decode(symbol.address, symbol.size);
  return listed(binary, [{ name: symbol.name, from: symbol.address, instructions }], `${collected.why}.`);
}

interface Decoded {
  readonly name: string;
  readonly from: number;
  readonly instructions: readonly Instruction[];
}

function listed(binary: Binary, decoded: readonly Decoded[], note: string): CodeListing {
  const pieces: CodePiece[] = [];
  let [left, omitted] = [MOST_LINES, 0];
  for (const { name, from, instructions } of decoded) {
    const shown = instructions.slice(0, left);
    left -= shown.length;
    omitted += instructions.length - shown.length;
    const lines = shown.map(({ address, length, text }) => {
      return { address, bytes: hexadecimal(binary.bytes(address, length)), text };
    });
    pieces.push({ name, from, lines });
  }
  return { pieces, omitted, note };
}
