import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { disassemble } from '../../server/tracer/disassemble.ts';
import { buildFunctions } from '../binary/functions.ts';
import { frameExtent } from '../elf/ehframe.ts';
import { isElfProblem, parseElf } from '../elf/elf.ts';
import { readSymtab } from '../elf/symbols.ts';
import * as listings from './fixtures/listings.ts';
import { type FixtureFunction, fixtureSource, listed, symbolNamed } from './fixtures/source.ts';
import { entrySite, exitSite, type PlanContext, planFunction } from './plan.ts';

const OTHERS: readonly FixtureFunction[] = [
  { name: 'other', address: 0x2000, code: listed(listings.ONE_RET) },
  { name: 'runtime.morestack_noctxt', address: 0x3000, code: listed(listings.ONE_RET) },
];
const NATIVE: PlanContext = { isGo: false, goMinor: null, landings: [] };
const go = (goMinor: number | null): PlanContext => ({ isGo: true, goMinor, landings: [] });

function planOf(listing: string, context = NATIVE, flags: Partial<FixtureFunction> = {}) {
  const source = fixtureSource(
    [{ name: 'f', address: 0x1000, code: listed(listing), ...flags }, ...OTHERS],
    disassemble,
  );
  return { source, plan: planFunction(source, symbolNamed(source, 'f'), context) };
}

describe('a plan is refused', () => {
  it.each<[string, string, RegExp]>([
    ['where the function never returns', listings.NEVER, /^it never returns/],
    ['where it loops for ever', listings.SPIN, /^it never returns/],
    ['where its only instruction is a return', listings.ONE_RET, /^ret is both where it begins and where it ends/],
    ['where its only instruction is a jump', listings.ONE_JUMP, /is both where it begins and where it ends/],
    ['where no instruction at its start can be probed', listings.LOCK_ONLY, /^none of its first instructions/],
    ['where it goes on in code that is not its own', listings.STRAY, /with its frame in place/],
    ['where it leaves on a counter', listings.COND_COUNTER, /on a condition that cannot be read/],
    ['where its bytes do not decode', '90 | nop\n06 | no instruction\nc3 | ret', /no instruction/],
  ])('%s', (_, listing, reason) => {
    expect(planOf(listing).plan).toEqual({ ok: false, reasons: [expect.stringMatching(reason)] });
  });

  it('for a symbol that chooses between implementations', () => {
    const { plan } = planOf(listings.ENDBR, NATIVE, { isResolver: true });
    expect(plan).toEqual({ ok: false, reasons: [expect.stringMatching(/trace the implementation$/)] });
  });
});

describe('a plan', () => {
  it('of two instructions has a begin and an end', () => {
    const { plan } = planOf(listings.ENDBR_RET);
    expect(plan).toMatchObject({ ok: true, limits: [], exits: [{ place: '+0x4' }] });
  });

  it('says what a tail call means', () => {
    const { plan } = planOf(listings.COND_TAIL);
    expect(plan.ok && plan.limits).toEqual([expect.stringMatching(/^Some calls leave by a tail call into other: /)]);
    const whole = planOf(listings.TAIL_JUMP).plan;
    expect(whole.ok && whole.limits).toEqual([expect.stringMatching(/^Calls leave by a tail call into other: /)]);
  });

  it('says what a loop back to the entry means', () => {
    const { plan } = planOf(listings.SELF_LOOP);
    expect(plan.ok && plan.limits).toEqual([expect.stringMatching(/^A loop inside the function/)]);
  });

  it('says that unwound calls are a lower bound where landings are unknown', () => {
    const { plan } = planOf(listings.ENDBR, { ...NATIVE, landings: null });
    expect(plan).toMatchObject({ ok: true, unwoundExact: false, landings: [] });
    expect(plan.ok && plan.limits).toEqual([expect.stringMatching(/"at least"/)]);
  });

  it.each<[string, PlanContext, string]>([
    ['thread outside Go', NATIVE, 'thread'],
    ['the goroutine in r14 from Go 1.17 on', go(17), 'goroutine in r14'],
    ['the goroutine in r14 where the version is unknown', go(null), 'goroutine in r14'],
    ['the goroutine in thread-local storage before', go(16), 'goroutine in tls'],
  ])('pairs by %s', (_, context, pairing) => {
    expect(planOf(listings.GO121, context).plan).toMatchObject({ ok: true, pairing });
  });

  it('pairs by thread-local storage where assembly uses r14 for itself', () => {
    expect(planOf(listings.GO_R14, go(21)).plan).toMatchObject({ ok: true, pairing: 'goroutine in tls' });
  });

  it('shows its sites with their cost', () => {
    const { source, plan } = planOf(listings.COND_TAIL);
    if (!plan.ok) throw new Error(plan.reasons.join());
    const symbol = symbolNamed(source, 'f');
    expect(entrySite(source, symbol, plan.entry)).toMatchObject({
      kind: 'entry',
      place: '+0x0',
      cost: 'single-stepped',
    });
    expect(plan.exits.map((exit) => exitSite(source, exit))).toMatchObject([
      { kind: 'tail-call', cost: 'emulated', note: 'only when the jump is taken, tail call to other' },
      { kind: 'return', cost: 'single-stepped', note: '' },
    ]);
  });
});

/** The program that runs this test, as a real file of a hundred megabytes. */
function nodeSource() {
  const file = openSync(process.execPath, 'r');
  const read = (offset: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
  };
  const elf = parseElf({ size: fstatSync(file).size, read });
  const rows = isElfProblem(elf) || elf.machine !== 'x64' ? null : readSymtab(elf);
  if (isElfProblem(elf) || !rows) {
    closeSync(file);
    return null;
  }
  const functions = buildFunctions([rows], (name) => name);
  const decode = (from: number, size: number) => disassemble(elf.bytesAt(from, size), from);
  const extentAt = (address: number) => frameExtent(elf, address);
  return { path: process.execPath, machine: elf.machine, functions, decode, extentAt };
}

const node = process.platform === 'linux' && process.arch === 'x64' ? nodeSource() : null;
const deflateHasPart =
  (node?.functions.find('deflate').length ?? 0) > 0 && node?.functions.find('deflate.part.0').length === 1;

describe('functions of node itself', () => {
  it.skipIf(!deflateHasPart)('deflate returns by itself and from the part that it shares', () => {
    if (!node) return;
    const plan = planFunction(node, symbolNamed(node, 'deflate'), NATIVE);
    if (!plan.ok) throw new Error(plan.reasons.join());
    expect(plan.limits).toEqual([]);
    const own = plan.exits.filter(({ shared }) => !shared);
    const shared = plan.exits.filter((exit) => exit.shared);
    expect(own).toHaveLength(1);
    expect(shared.length).toBeGreaterThan(0);
    for (const { place, kind } of shared) expect([place.split('+')[0], kind]).toEqual(['deflate.part.0', 'return']);
  });

  it.skipIf(!node)('have plans, or a reason why not', () => {
    if (!node) return;
    let planned = 0;
    const { count } = node.functions;
    for (let i = 0; i < 300; i++) {
      const symbol = node.functions.get(Math.floor((i * count) / 300));
      const plan = planFunction(node, symbol, NATIVE);
      if (plan.ok) {
        planned++;
        expect(plan.entry.instruction.probeable).toBe(true);
        for (const { instruction } of plan.exits) expect(instruction.address).not.toBe(plan.entry.instruction.address);
      } else expect(plan.reasons.every((reason) => reason.length > 0)).toBe(true);
    }
    expect(planned).toBeGreaterThan(200);
  });
});
