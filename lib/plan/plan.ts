/**
 * The probe plan of one function: where a call begins, every way it can end, how entry and exit find
 * each other, and whether measuring it is safe. Pure: machine code comes in decoded, facts about the
 * running system come in as arguments.
 */
import type { SymbolInfo } from '../binary/binary.ts';
import type { Machine } from '../elf/elf.ts';
import type { PairingKey } from '../program/spec.ts';
import type { Site } from '../protocol/plan.ts';
import { type CodeSource, collectPieces } from './code.ts';
import { chooseEntry, type EntrySite } from './entry.ts';
import { type ExitSite, findExits } from './exits.ts';
import { stackHeights } from './heights.ts';
import type { LandingSite } from './landings.ts';

/** What the planner must know besides the code. */
export interface PlanContext {
  /** The function was compiled by Go, so that it runs on a goroutine's stack. */
  readonly isGo: boolean;
  /** Go's minor version (1.19: 19); null when unknown. */
  readonly goMinor: number | null;
  /** Where unwinding lands; null when it may happen but the place is not known. */
  readonly landings: readonly LandingSite[] | null;
}

/** A function's sites, or why it must not be probed. */
export type FunctionPlan =
  | {
      readonly ok: true;
      readonly entry: EntrySite;
      readonly exits: readonly ExitSite[];
      readonly landings: readonly LandingSite[];
      readonly pairing: PairingKey;
      /** What limits the measurement, one sentence each. */
      readonly limits: readonly string[];
      readonly warnings: readonly string[];
      readonly unwoundExact: boolean;
    }
  | { readonly ok: false; readonly reasons: readonly string[] };

const RESOLVER = 'its symbol is a resolver that chooses between implementations; trace the implementation';

export function planFunction(source: CodeSource, symbol: SymbolInfo, context: PlanContext): FunctionPlan {
  if (symbol.isResolver) return { ok: false, reasons: [RESOLVER] };
  const collected = collectPieces(source, symbol);
  if (!collected.ok) return { ok: false, reasons: [collected.why] };
  const { pieces } = collected;
  const [main] = pieces;
  if (!main) return { ok: false, reasons: ['it has no code'] };
  const all = pieces.flatMap((piece) => piece.instructions);
  const nameOf = (address: number): string | null => source.functions.at(address)?.demangled ?? null;
  const isMorestack = (address: number): boolean =>
    source.functions.at(address)?.name.startsWith('runtime.morestack') ?? false;
  const entry = chooseEntry(main, pieces, context.isGo ? isMorestack : null);
  const exits = findExits(pieces, stackHeights(all, main.from), nameOf);
  const reasons = [...exits.unseen];
  if (!entry) reasons.push('none of its first instructions can be probed');
  if (exits.sites.length === 0 && reasons.length === 0) {
    reasons.push('it never returns: it has no return instruction and no jump out of it');
  }
  if (entry && exits.sites.some((site) => site.instruction.address === entry.instruction.address)) {
    reasons.push(`${entry.instruction.text} is both where it begins and where it ends, so no time lies between`);
  }
  if (!entry || reasons.length > 0) return { ok: false, reasons: reasons.slice(0, 5) };
  const usesR14 = all.some((instruction) => instruction.writes.includes('r14'));
  return {
    ok: true,
    entry,
    exits: exits.sites,
    landings: context.landings ?? [],
    pairing: pairingOf(context, source.machine, usesR14),
    limits: limitsOf(entry, exits.sites, context),
    warnings: [],
    unwoundExact: context.landings !== null,
  };
}

/** Go keeps the goroutine in r14 from 1.17 on; assembly may use r14 for itself. On arm64 it is always in x28. */
function pairingOf({ isGo, goMinor }: PlanContext, machine: Machine, usesR14: boolean): PairingKey {
  if (!isGo) return 'thread';
  if (machine === 'arm64') return 'goroutine in x28';
  return (goMinor ?? 99) < 17 || usesR14 ? 'goroutine in tls' : 'goroutine in r14';
}

function limitsOf(entry: EntrySite, exits: readonly ExitSite[], context: PlanContext): string[] {
  const limits: string[] = [];
  const tails = exits.filter((site) => site.kind === 'tail-call');
  if (tails.length > 0) {
    const targets = [...new Set(tails.map((site) => site.target).filter((name) => name !== ''))];
    const into = targets.length > 0 ? ` into ${targets.slice(0, 3).join(', ')}` : '';
    const some = tails.length < exits.length ? 'Some calls leave' : 'Calls leave';
    limits.push(`${some} by a tail call${into}: their latency ends there, without the time of what is called last.`);
  }
  if (entry.isLoopHead) {
    limits.push(
      'A loop inside the function leads back to its first instruction: a call that was left by unwinding and repeated at the same depth counts once.',
    );
  }
  if (context.landings === null) {
    limits.push('Where unwinding lands is not known for this program: calls left by it are counted as "at least".');
  }
  return limits;
}

/** An entry as the card and the command line show it. */
export function entrySite(source: CodeSource, symbol: SymbolInfo, entry: EntrySite): Site {
  const { instruction, note } = entry;
  return {
    kind: 'entry',
    path: source.path,
    address: instruction.address,
    place: `+0x${(instruction.address - symbol.address).toString(16)}`,
    instruction: instruction.text,
    cost: instruction.emulated ? 'emulated' : 'single-stepped',
    note,
  };
}

/** An exit as the card and the command line show it. */
export function exitSite(source: CodeSource, exit: ExitSite): Site {
  const { instruction, place, when, shared, target } = exit;
  const notes = [
    when.kind === 'target-outside' ? 'only when it leaves the function' : '',
    when.kind === 'condition' ? 'only when the jump is taken' : '',
    shared ? 'shared with other callers' : '',
    target === '' ? '' : `tail call to ${target}`,
  ];
  return {
    kind: exit.kind === 'return' ? 'return' : when.kind === 'target-outside' ? 'maybe-tail-call' : 'tail-call',
    path: source.path,
    address: instruction.address,
    place,
    instruction: instruction.text,
    cost: instruction.emulated ? 'emulated' : 'single-stepped',
    note: notes.filter((note) => note !== '').join(', '),
  };
}

/** A landing as the card and the command line show it. */
export function landingSite({ path, instruction, place, kind }: LandingSite): Site {
  const note = {
    'go-recovery': 'where a recovered panic goes on',
    'go-exit': 'where a goroutine ends by Goexit',
    native: 'where an exception or longjmp goes on',
  }[kind.type];
  return {
    kind: 'landing',
    path,
    address: instruction.address,
    place,
    instruction: instruction.text,
    cost: instruction.emulated ? 'emulated' : 'single-stepped',
    note,
  };
}
