/** A look at functions' code for the rows of a list: how many exits, or why not. Cheap, and within a time. */
import type { Binary, FunctionTable, SymbolInfo } from '../../lib/binary/binary.ts';
import type { Glance } from '../../lib/protocol/gateway.ts';
import { examine } from './planning.ts';

/** Longer functions are not decoded for a row: 16 KB take some 20 ms. */
const LONGEST = 16 * 1024;
/** Of one answer, in milliseconds: a trace's ticks and the next keystroke wait for it. */
const BUDGET = 40;
/** Without letting other work in. */
const SLICE = 10;
/** Looks that are remembered for a file. */
const MOST_KNOWN = 20_000;

const known = new WeakMap<FunctionTable, Map<number, Glance>>();

/** Looks at as many of the functions as the time allows, in their order; unknown ids are left out. */
export async function glanceAt(binary: Binary, symbolIds: readonly number[]): Promise<readonly Glance[]> {
  const memory = known.get(binary.functions) ?? new Map<number, Glance>();
  known.set(binary.functions, memory);
  const result: Glance[] = [];
  let [spent, slice] = [0, 0];
  for (const id of symbolIds) {
    if (id >= binary.functions.count) continue;
    const before = memory.get(id);
    if (before) {
      result.push(before);
      continue;
    }
    if (spent > BUDGET) continue;
    const begun = performance.now();
    const glance = look(binary, binary.functions.get(id));
    const took = performance.now() - begun;
    spent += took;
    slice += took;
    if (memory.size >= MOST_KNOWN) memory.clear();
    memory.set(id, glance);
    result.push(glance);
    if (slice < SLICE) continue;
    slice = 0;
    await new Promise((resume) => setImmediate(resume));
  }
  return result;
}

function look(binary: Binary, symbol: SymbolInfo): Glance {
  if (symbol.size > LONGEST) return { symbolId: symbol.id, exits: null, refused: null };
  const plan = examine(binary, symbol, []);
  return plan.ok
    ? { symbolId: symbol.id, exits: plan.exits.length, refused: null }
    : { symbolId: symbol.id, exits: null, refused: plan.reasons[0] ?? 'the reason is not known' };
}
