import type { Vaddr } from '../units.ts';

/** One instruction of a listing. */
export interface CodeLine {
  readonly address: Vaddr;
  /** In hexadecimal, two digits a byte. */
  readonly bytes: string;
  readonly text: string;
}

/** A stretch of code that runs on the function's frame: its symbol, or a part that the compiler moved away. */
export interface CodePiece {
  readonly name: string;
  readonly from: Vaddr;
  readonly lines: readonly CodeLine[];
}

/** A function's code. */
export interface CodeListing {
  readonly pieces: readonly CodePiece[];
  /** Instructions that are not listed, for there are too many. */
  readonly omitted: number;
  /** Where decoding ended too early, as a sentence; empty when all was decoded. */
  readonly note: string;
}
