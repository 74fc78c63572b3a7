/**
 * Targets that a browser remembers: what was opened of late, and what was pinned. Process ids do not outlive a process,
 * so a file and its arguments stand for it.
 */
import type { EpochMillis } from '../units.ts';

export type RememberedTarget =
  | {
      readonly kind: 'process';
      readonly name: string;
      /** Of its program. */
      readonly path: string;
      readonly args: readonly string[];
      /** The library of it that was opened; null for the program itself. */
      readonly file: string | null;
    }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly args: readonly string[] };

export interface Remembered {
  readonly target: RememberedTarget;
  /** The function that was traced last, by its linkage name and as people read it. */
  readonly symbol: { readonly name: string; readonly demangled: string } | null;
  readonly at: EpochMillis;
}

export interface RememberedTargets {
  /** In the order in which they were pinned. */
  readonly pinned: readonly Remembered[];
  /** Latest first. */
  readonly recent: readonly Remembered[];
}

export const NOTHING_REMEMBERED: RememberedTargets = { pinned: [], recent: [] };

const MOST_PINNED = 12;
const MOST_RECENT = 8;
const LONGEST_TEXT = 4096;
const MOST_ARGS = 64;
const VERSION = 1;

/** Two targets with the same key are the same target. */
export function keyOf(target: RememberedTarget): string {
  if (target.kind === 'file') return `file ${target.path}`;
  const args = JSON.stringify(target.args);
  return target.kind === 'command' ? `command ${args}` : `process ${target.path} ${target.file ?? ''} ${args}`;
}

/** Puts a target first among the recent ones; without a function it keeps the one it had. Too large ones are left out. */
export function remember(targets: RememberedTargets, entry: Remembered): RememberedTargets {
  if (remembered(entry) === null) return targets;
  const key = keyOf(entry.target);
  const same = (other: Remembered) => keyOf(other.target) === key;
  const before = targets.recent.find(same) ?? targets.pinned.find(same);
  const next = { ...entry, symbol: entry.symbol ?? before?.symbol ?? null };
  return {
    pinned: targets.pinned.map((other) => (same(other) ? next : other)),
    recent: [next, ...targets.recent.filter((other) => !same(other))].slice(0, MOST_RECENT),
  };
}

export const isPinned = ({ pinned }: RememberedTargets, target: RememberedTarget): boolean =>
  pinned.some((entry) => keyOf(entry.target) === keyOf(target));

/** Pins a target, or lets it go; when too many are pinned the first one goes. */
export function togglePin(targets: RememberedTargets, entry: Remembered): RememberedTargets {
  const others = targets.pinned.filter(({ target }) => keyOf(target) !== keyOf(entry.target));
  if (others.length < targets.pinned.length) return { ...targets, pinned: others };
  return remembered(entry) === null ? targets : { ...targets, pinned: [...others, entry].slice(-MOST_PINNED) };
}

/** Forgets a target, pinned or not. */
export function forget(targets: RememberedTargets, target: RememberedTarget): RememberedTargets {
  const others = (list: readonly Remembered[]) => list.filter((entry) => keyOf(entry.target) !== keyOf(target));
  return { pinned: others(targets.pinned), recent: others(targets.recent) };
}

/** How it is stored. */
export function rememberedToText(targets: RememberedTargets): string {
  return JSON.stringify({ version: VERSION, ...targets });
}

/** The door: whatever stands in the browser's storage becomes targets, and what is no target is left out. */
export function rememberedFromText(text: string | null): RememberedTargets {
  const stored = parsed(text);
  if (!isRecord(stored) || stored.version !== VERSION) return NOTHING_REMEMBERED;
  return { pinned: entries(stored.pinned, MOST_PINNED), recent: entries(stored.recent, MOST_RECENT) };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function entries(value: unknown, most: number): Remembered[] {
  const found = new Map<string, Remembered>();
  for (const one of Array.isArray(value) ? value : []) {
    const entry = remembered(one);
    if (entry && found.size < most) found.set(keyOf(entry.target), entry);
  }
  return [...found.values()];
}

function remembered(value: unknown): Remembered | null {
  if (!isRecord(value) || !isRecord(value.target)) return null;
  const target = targetOf(value.target);
  if (!target || typeof value.at !== 'number' || !Number.isFinite(value.at)) return null;
  return { target, symbol: symbolOf(value.symbol), at: value.at };
}

function targetOf({ kind, name, path, args, file }: Readonly<Record<string, unknown>>): RememberedTarget | null {
  if (kind === 'file') return isPath(path) ? { kind, path } : null;
  if (kind === 'command') return isArgs(args) && args.length > 0 ? { kind, args } : null;
  if (kind !== 'process' || !isText(name) || !isPath(path) || !isArgs(args)) return null;
  return file === null || isPath(file) ? { kind, name, path, args, file } : null;
}

function symbolOf(value: unknown): Remembered['symbol'] {
  if (!isRecord(value) || !isText(value.name) || !isText(value.demangled)) return null;
  return { name: value.name, demangled: value.demangled };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT;
const isPath = (value: unknown): value is string => isText(value) && value.startsWith('/');
const isArgs = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= MOST_ARGS && value.every(isText) && value.join(' ').length <= LONGEST_TEXT;
