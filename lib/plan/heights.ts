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
  /** Reached by running on behind a call, which perhaps never returns. */
  readonly doubtful: boolean;
}

const ENTRY: State = { sp: 0, frame: null, doubtful: false };

export function stackHeights(instructions: readonly Instruction[], start: Vaddr): Heights {
  const walk = walker(instructions);
  walk.from(start, ENTRY);
  // Blocks that only a jump table leads to: they start with the height at the table's jump, if all tables agree.
  const table = tableState(instructions, walk.states);
  if (table) {
    for (const { address } of instructions) if (!walk.states.has(address)) walk.from(address, table);
  }
  return new Map([...walk.states].map(([address, state]) => [address, state.sp]));
}

function walker(instructions: readonly Instruction[]) {
  const index = new Map(instructions.map((instruction, i) => [instruction.address, i]));
  const states = new Map<Vaddr, State>();
  const work: Vaddr[] = [];
  /** Calls whose next instruction is not looked at yet. */
  const calls = new Set<Vaddr>();
  const flow = (to: Vaddr, state: State): void => {
    if (!index.has(to)) return;
    const before = states.get(to);
    const merged = before ? merge(before, state) : state;
    if (before && same(merged, before)) return;
    states.set(to, merged);
    work.push(to);
  };
  const step = (at: Vaddr): void => {
    const instruction = instructions[index.get(at) ?? -1];
    const state = states.get(at);
    if (!instruction || !state) return;
    const next = at + instruction.length;
    const after = apply(state, instruction.stack);
    for (const to of successors(instruction)) flow(to, { ...after, doubtful: to === next && state.doubtful });
    if (instruction.flow.kind === 'call') calls.add(at);
  };
  const from = (start: Vaddr, state: State): void => {
    flow(start, state);
    for (;;) {
      for (let at = work.pop(); at !== undefined; at = work.pop()) step(at);
      // Calls that never return stand at the end of a function, so what lies before them comes first.
      const call = least(calls);
      const state = states.get(call);
      const instruction = instructions[index.get(call) ?? -1];
      if (!state || !instruction) return;
      calls.delete(call);
      flow(call + instruction.length, { ...state, doubtful: true });
    }
  };
  return { states, from };
}

const least = (addresses: ReadonlySet<Vaddr>): Vaddr => {
  let found = Number.POSITIVE_INFINITY;
  for (const address of addresses) if (address < found) found = address;
  return found;
};

const same = (a: State, b: State): boolean => a.sp === b.sp && a.frame === b.frame && a.doubtful === b.doubtful;

/** Where paths meet; code behind a call that never returns belongs to another path, so it has no say. */
function merge(a: State, b: State): State {
  if (a.doubtful !== b.doubtful) return a.doubtful ? b : a;
  return { sp: a.sp === b.sp ? a.sp : null, frame: a.frame === b.frame ? a.frame : null, doubtful: a.doubtful };
}

function apply(state: State, effect: StackEffect): State {
  const { sp, frame, doubtful } = state;
  switch (effect.kind) {
    case 'none':
      return state;
    case 'move':
      return { sp: sp === null ? null : sp - effect.bytes, frame, doubtful };
    case 'frame-lost':
      return { sp: sp === null ? null : sp - effect.bytes, frame: null, doubtful };
    case 'frame-set':
      return { sp, frame: sp === null ? null : sp - (effect.bytes ?? 0), doubtful };
    case 'from-frame':
      return { sp: frame === null ? null : frame - effect.bytes, frame, doubtful };
    case 'leave':
      return { sp: frame === null ? null : frame - 8, frame: null, doubtful };
    case 'unknown':
      return { sp: null, frame, doubtful };
  }
}

function successors(instruction: Instruction): Vaddr[] {
  const next = instruction.address + instruction.length;
  switch (instruction.flow.kind) {
    case 'jump':
      return [instruction.flow.target];
    case 'conditional-jump':
      return [instruction.flow.target, next];
    case 'call':
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
