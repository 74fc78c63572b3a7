// The targets: tiny programs, one behaviour each, that know their own truth. What a row says is what a test needs.
import { cTargets } from './table-c.ts';
import { cppTargets } from './table-cpp.ts';
import { goTargets } from './table-go.ts';
import { rustTargets } from './table-rust.ts';

/** One function of a target that is worth tracing. */
export interface TracedSymbol {
  /** The name as the binary's symbol table has it; for Rust's legacy mangling, whose hash varies, a pattern of it. */
  readonly name: string | RegExp;
  /** Its key under "symbols" of the truth line, when the target has several. */
  readonly truth?: string;
  /** The file it lies in, beside the executable, when that is not the executable itself. */
  readonly file?: string;
}

export interface Target {
  readonly language: 'go' | 'c' | 'c++' | 'rust';
  /** Relative to this folder; for Go the package's folder. */
  readonly source: string;
  /** Compiler flags by variant; the first is the default. */
  readonly variants: Readonly<Record<string, readonly string[]>>;
  readonly symbols: readonly TracedSymbol[];
  /** Arguments with their defaults, as the source's first lines explain them. */
  readonly usage: string;
  /** Fields of the truth line beyond calls, returned, unwound and open. */
  readonly truth?: readonly string[];
  /** The exit status, where the point is another end than 0. */
  readonly exit?: number;
  /** A shared library that is built beside the executable. */
  readonly library?: { readonly source: string; readonly file: string };
}

/** Every target by name. */
export const targets = { ...goTargets, ...cTargets, ...cppTargets, ...rustTargets };

export type TargetName = keyof typeof targets;

/** The row of a target. */
export const target = (name: TargetName): Target => targets[name];

/** The names of a target's variants, the default first. */
export const variantsOf = (name: TargetName): readonly string[] => Object.keys(target(name).variants);
