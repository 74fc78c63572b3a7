import type { Vaddr } from '../units.ts';
import type { Instruction, StackEffect } from './instruction.ts';

/**
 * How far the stack pointer is below its value at the function's entry, before each instruction, in
 * bytes; null where it cannot be known (aligned or switched stacks, paths that disagree).
 *
 * A small abstract interpretation: the pair (height of SP, height of the frame pointer) flows along
 * the control flow graph; where two paths meet with different values the value becomes unknown. At a
 * tail call the height is 0, in the middle of the function it is not: this is what tells a jump table
 * from a tail call, and a cold part from another function.
 */
export type Heights = ReadonlyMap<Vaddr, number | null>;

interface State {
  readonly sp: number | null;
  readonly frame: number | null;
}

const ENTRY: State = { sp: 0, frame: null };

export function stackHeights(instructions: readonly Instruction[], start: Vaddr): Heights {
  const index = new Map(instructions.map((instruction, i) => [instruction.address, i]));
  const states = new Map<Vaddr, State>();
  const work: Vaddr[] = [];
  const flow = (to: Vaddr, state: State): void => {
    if (!index.has(to)) return;
    const before = states.get(to);
    const merged = before ? merge(before, state) : state;
    if (before && merged.sp === before.sp && merged.frame === before.frame) return;
    states.set(to, merged);
    work.push(to);
  };
  const drain = (): void => {
    for (let at = work.pop(); at !== undefined; at = work.pop()) {
      const instruction = instructions[index.get(at) ?? -1];
      const state = states.get(at);
      if (!instruction || !state) continue;
      const after = apply(state, instruction.stack);
      for (const to of successors(instruction)) flow(to, after);
    }
  };
  flow(start, ENTRY);
  drain();
  // Blocks that only a jump table leads to: they start with the height at the table's jump, if all tables agree.
  const table = tableState(instructions, states);
  if (table) {
    for (const instruction of instructions) {
      if (states.has(instruction.address)) continue;
      flow(instruction.address, table);
      drain();
    }
  }
  return new Map([...states].map(([address, state]) => [address, state.sp]));
}

function merge(a: State, b: State): State {
  return { sp: a.sp === b.sp ? a.sp : null, frame: a.frame === b.frame ? a.frame : null };
}

function apply(state: State, effect: StackEffect): State {
  const { sp, frame } = state;
  switch (effect.kind) {
    case 'none':
      return state;
    case 'move':
      return { sp: sp === null ? null : sp - effect.bytes, frame };
    case 'frame-lost':
      return { sp: sp === null ? null : sp - effect.bytes, frame: null };
    case 'frame-set':
      return { sp, frame: sp === null ? null : sp - (effect.bytes ?? 0) };
    case 'from-frame':
      return { sp: frame === null ? null : frame - effect.bytes, frame };
    case 'leave':
      return { sp: frame === null ? null : frame - 8, frame: null };
    case 'unknown':
      return { sp: null, frame };
  }
}

function successors(instruction: Instruction): Vaddr[] {
  const next = instruction.address + instruction.length;
  switch (instruction.flow.kind) {
    case 'jump':
      return [instruction.flow.target];
    case 'conditional-jump':
      return [instruction.flow.target, next];
    case 'return':
    case 'stop':
    case 'indirect-jump':
      return [];
    default:
      return [next];
  }
}

function tableState(instructions: readonly Instruction[], states: ReadonlyMap<Vaddr, State>): State | null {
  let found: State | null = null;
  for (const { address, flow } of instructions) {
    if (flow.kind !== 'indirect-jump') continue;
    const state = states.get(address);
    if (!state) continue;
    found = found ? merge(found, state) : state;
  }
  return found;
}
