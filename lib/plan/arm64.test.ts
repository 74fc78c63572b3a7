import { describe, expect, it } from 'vitest';
import { decodeArm64 } from './arm64.ts';
import recorded from './fixtures/arm64.json';
import { fixtureSource, fromHex, symbolNamed } from './fixtures/source.ts';
import { stackHeights } from './heights.ts';
import type { Instruction } from './instruction.ts';
import { goLandings } from './landings.ts';
import { planFunction } from './plan.ts';

const BASE = 0x10000;

function decode(...words: readonly number[]): readonly Instruction[] {
  const code = new Uint8Array(words.length * 4);
  const view = new DataView(code.buffer);
  words.forEach((word, i) => {
    view.setUint32(i * 4, word, true);
  });
  const decoded = decodeArm64(code, BASE);
  if (!decoded.ok) throw new Error(decoded.why);
  return decoded.instructions;
}

const one = (word: number): Instruction => {
  const [instruction] = decode(word);
  if (!instruction) throw new Error('nothing was decoded');
  return instruction;
};

describe('arm64 instructions', () => {
  it.each<[number, string, Partial<Instruction>]>([
    [0xd65f03c0, 'ret', { flow: { kind: 'return' }, emulated: true, probeable: true }],
    [0xd65f00a0, 'ret x5', { flow: { kind: 'return' }, emulated: true, probeable: true }],
    [0xd65f0bff, 'retaa', { flow: { kind: 'return' }, emulated: false, probeable: false }],
    [0xd65f0fff, 'retab', { flow: { kind: 'return' }, emulated: false, probeable: false }],
    [0x14000010, 'b 0x10040', { flow: { kind: 'jump', target: 0x10040 }, emulated: true }],
    [0x17ffffff, 'b 0xfffc', { flow: { kind: 'jump', target: 0xfffc } }],
    [0x97fffffe, 'bl 0xfff8', { flow: { kind: 'call', target: 0xfff8 }, emulated: true }],
    [0x54000069, 'b.ls 0x1000c', { flow: { kind: 'conditional-jump', target: 0x1000c, condition: null } }],
    [0xb4000040, 'cbz x0, 0x10008', { flow: { kind: 'conditional-jump', target: 0x10008, condition: null } }],
    [0x3737ffe7, 'tbnz w7, #6, 0xfffc', { flow: { kind: 'conditional-jump', target: 0xfffc, condition: null } }],
    [0xd61f0060, 'br x3', { flow: { kind: 'indirect-jump', through: { kind: 'register', register: 'r3' } } }],
    [0xd71f0a11, 'braa x16, x17', { flow: { kind: 'indirect-jump', through: { kind: 'other' } }, probeable: false }],
    [0xd63f0100, 'blr x8', { flow: { kind: 'call', target: null }, emulated: true, probeable: true }],
    [0x00000000, 'udf #0', { flow: { kind: 'stop' }, probeable: false }],
    [0xd4200020, 'brk #0x1', { flow: { kind: 'stop' }, probeable: false }],
    [0xd4000001, 'svc #0x0', { flow: { kind: 'next' }, probeable: false }],
    [0xd503201f, 'nop', { emulated: true, probeable: true }],
    [0xd503233f, 'paciasp', { emulated: false, probeable: true }],
    [0xd50323bf, 'autiasp', { emulated: false, probeable: false }],
    [0xd503245f, 'bti c', { emulated: false, probeable: true }],
    [0x90000010, 'adrp x16, 0x10000', { emulated: true, probeable: true }],
  ])('%x is %s', (word, text, facts) => {
    expect(one(word)).toMatchObject({ text, length: 4, address: BASE, ...facts });
  });

  it.each<[number, string, Instruction['stack']]>([
    [0xd10083ff, 'sub sp, sp, #0x20', { kind: 'move', bytes: -32 }],
    [0xd14007ff, 'sub sp, sp, #0x1000', { kind: 'move', bytes: -4096 }],
    [0x910083ff, 'add sp, sp, #0x20', { kind: 'move', bytes: 32 }],
    [0xa9bf7bfd, 'stp x29, x30, [sp, #-0x10]!', { kind: 'move', bytes: -16 }],
    [0xa8c17bfd, 'ldp x29, x30, [sp], #0x10', { kind: 'frame-lost', bytes: 16 }],
    [0xa9427bfd, 'ldp x29, x30, [sp, #0x20]', { kind: 'frame-lost', bytes: 0 }],
    [0xf81b0ffe, 'str x30, [sp, #-0x50]!', { kind: 'move', bytes: -80 }],
    [0xf84507fe, 'ldr x30, [sp], #0x50', { kind: 'move', bytes: 80 }],
    [0x6dbe23e9, 'stp d9, d8, [sp, #-0x20]!', { kind: 'move', bytes: -32 }],
    [0x910003fd, 'mov x29, sp', { kind: 'frame-set', bytes: 0 }],
    [0x910043fd, 'add x29, sp, #0x10', { kind: 'frame-set', bytes: 16 }],
    [0x910003bf, 'mov sp, x29', { kind: 'from-frame', bytes: 0 }],
    [0xd10043bf, 'sub sp, x29, #0x10', { kind: 'from-frame', bytes: -16 }],
    [0x9100029f, 'mov sp, x20', { kind: 'unknown' }],
    [0x927be95f, '.inst 0x927be95f', { kind: 'unknown' }], // and sp, x10, #-32
    [0xeb30601f, 'cmp x0, x16', { kind: 'none' }],
    [0xf9000be0, 'str x0, [sp, #0x10]', { kind: 'none' }],
  ])('%x, %s, has its effect on the stack', (word, text, stack) => {
    const found = one(word);
    expect(found.stack).toEqual(stack);
    expect(found.text).toBe(text);
  });

  it('between an exclusive load and its store carry no probe', () => {
    // ldaxr x1, [x0]; add x1, x1, #1; stlxr w2, x1, [x0]; cbnz w2; ret
    const code = decode(0xc85ffc01, 0x91000421, 0xc802fc01, 0x35ffffa2, 0xd65f03c0);
    expect(code.map(({ probeable }) => probeable)).toEqual([false, false, false, true, true]);
  });

  it('are told from the constants that others load', () => {
    // ldr x0, +8; ret; and a constant that looks like two returns
    const code = decode(0x58000040, 0xd65f03c0, 0xd65f03c0, 0xd65f03c0);
    expect(code.map(({ flow }) => flow.kind)).toEqual(['next', 'return', 'stop', 'stop']);
    expect(code[0]?.probeable).toBe(false);
  });

  it('that are none end decoding', () => {
    expect(decodeArm64(Uint8Array.of(0, 0, 0, 2), BASE)).toMatchObject({
      ok: false,
      why: expect.stringMatching(/\+0x0/),
    });
    expect(decodeArm64(Uint8Array.of(0xc0, 3, 0x5f, 0xd6, 0), BASE)).toMatchObject({ ok: false });
  });

  it('of large frames are followed through the registers that they use', () => {
    // mov x27, #0x18c0; sub x20, sp, x27; stp x29, x30, [x20, #-8]; mov sp, x20; mov x27, #0x18c0; add sp, sp, x27; ret
    const code = decode(0xd283181b, 0xcb3b63f4, 0xa93ffa9d, 0x9100029f, 0xd283181b, 0x8b3b63ff, 0xd65f03c0);
    const heights = stackHeights(code, BASE);
    expect(code.map(({ address }) => heights.get(address))).toEqual([0, 0, 0, 0, 6336, 6336, 0]);
  });
});

const source = fixtureSource(
  [
    ...recorded.functions.map(({ name, address, hex }) => ({ name, address, code: fromHex(hex) })),
    ...Object.entries(recorded.callees).map(([name, address]) => ({
      name,
      address,
      code: Uint8Array.of(0xc0, 3, 0x5f, 0xd6),
    })),
  ],
  decodeArm64,
  { machine: 'arm64' },
);
const planned = (name: string) => {
  const isGo = recorded.functions.some((f) => f.name === name && f.from === 'esbuild');
  return planFunction(source, symbolNamed(source, name), { isGo, goMinor: isGo ? 25 : null, landings: [] });
};
const outline = (name: string) => {
  const plan = planned(name);
  if (!plan.ok) return plan.reasons;
  const exits = plan.exits.map(
    (exit) => `${exit.place} ${exit.instruction.text}${exit.when.kind === 'always' ? '' : ' ?'}`,
  );
  return [plan.entry.instruction.text, ...exits, ...plan.limits.map((limit) => limit.replace(/:.*/, ''))];
};

describe('real arm64 functions', () => {
  it.each(recorded.functions)(
    'have the returns that a disassembler finds ($from: $name)',
    ({ address, hex, returns }) => {
      const decoded = decodeArm64(fromHex(hex), address);
      expect(decoded.ok).toBe(true);
      const found = decoded.instructions.filter(({ flow }) => flow.kind === 'return');
      expect(found.map((instruction) => instruction.address - address)).toEqual(returns);
    },
  );

  it.each(recorded.functions)('have plans ($from: $name)', ({ name }) => {
    expect(outline(name)).toMatchSnapshot();
  });

  it('of Go are entered behind the stack check and paired by the goroutine in x28', () => {
    for (const name of ['internal/abi.Name.IsBlank', 'internal/strconv.bigFtoa', 'runtime.typesEqual']) {
      const plan = planned(name);
      expect(plan).toMatchObject({ ok: true, pairing: 'goroutine in x28', limits: [] });
      expect(plan.ok && plan.entry.note).toMatch(/^after the stack check/);
    }
  });

  it('of Rust are paired by thread', () => {
    expect(planned('a frame by stp')).toMatchObject({ ok: true, pairing: 'thread', limits: [] });
    expect(planned('a jump table')).toMatchObject({ ok: true, limits: [] });
  });

  it('hold Go’s landing', () => {
    const [id = -1] = source.functions.find('runtime.recovery');
    const goexit = { name: 'runtime.Goexit', address: 0x100, code: Uint8Array.of(0x40, 0, 0, 0x94) };
    const ended = { name: 'runtime.goexit1', address: 0x200, code: Uint8Array.of(0xc0, 3, 0x5f, 0xd6) };
    const recovery = source.functions.get(id);
    const code = fromHex(recorded.functions.find(({ name }) => name === 'runtime.recovery')?.hex ?? '');
    const gogo = { name: 'runtime.gogo', address: recorded.callees['runtime.gogo'], code: ended.code };
    const small = fixtureSource([{ ...recovery, code }, gogo, goexit, ended], decodeArm64, { machine: 'arm64' });
    expect(goLandings(small)?.map(({ kind }) => kind)).toEqual([
      { type: 'go-recovery', gobufOffset: 56 },
      { type: 'go-exit' },
    ]);
  });
});
