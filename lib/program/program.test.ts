import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JumpOperand } from '../plan/instruction.ts';
import { programText } from './program.ts';
import type { ProbeSpec, ProgramSpec } from './spec.ts';

const FILE = '/run/heatprobe/t0';
const site = (alias: string, address: number) => ({ file: 0, alias, address });
const entry: ProbeSpec = { ...site('hp_0_entry', 0x1000), role: 'entry' };
const ret = (i: number, shared = false): ProbeSpec => ({
  ...site(`hp_0_${shared ? 'part' : 'ret'}${i}`, 0x1010 + i),
  role: 'exit',
  when: { kind: 'always' },
  shared,
});
const maybe = (i: number, operand: JumpOperand): ProbeSpec => ({
  ...site(`hp_0_maybe${i}`, 0x1020 + i),
  role: 'exit',
  when: { kind: 'target-outside', operand, inside: [{ from: -32, to: 64 }] },
  shared: false,
});
const conditional = (i: number, condition: number): ProbeSpec => ({
  ...site(`hp_0_maybe${i}`, 0x1030 + i),
  role: 'exit',
  when: { kind: 'condition', condition },
  shared: false,
});
const vtable: JumpOperand = { kind: 'memory', base: 'ax', index: 'r9', scale: 8, displacement: -24, pointerAt: null };

const C: ProgramSpec = {
  files: [FILE],
  probes: [entry, ret(0), ret(1)],
  pairing: 'thread',
  goidOffset: null,
  entryIsLoopHead: false,
  scope: { kind: 'process', pid: 4242 },
  tracerPid: 99,
  bpftraceMinor: 23,
  hasBtf: true,
  singlesPerBucket: 20,
};
const landings: readonly ProbeSpec[] = [
  { ...site('hp_0_recovery0', 0x2000), role: 'landing', kind: { type: 'go-recovery', gobufOffset: 56 } },
  { ...site('hp_0_goexit1', 0x2100), role: 'landing', kind: { type: 'go-exit' } },
];
const SPECS: Readonly<Record<string, ProgramSpec>> = {
  'c-process': C,
  'go-family': {
    ...C,
    probes: [entry, ret(0), ...landings],
    pairing: 'goroutine in r14',
    goidOffset: 152,
    scope: { kind: 'family', root: 4242 },
  },
  'go-arm64': {
    ...C,
    probes: [entry, ret(0), ...landings],
    pairing: 'goroutine in x28',
    goidOffset: 152,
    machine: 'arm64',
  },
  'file-loop': { ...C, scope: { kind: 'file' }, entryIsLoopHead: true, hasBtf: false },
  'maybe-tail-call': { ...C, probes: [entry, maybe(0, { kind: 'register', register: 'cx' }), maybe(1, vtable)] },
  'conditional-exit': { ...C, probes: [entry, conditional(0, 5), conditional(1, 14), ret(2), ret(3, true)] },
};
const CASES = Object.keys(SPECS).flatMap((name) => [17, 23, 27].map((minor) => [name, minor] as const));

describe('the program', () => {
  it.each(CASES)('of %s for bpftrace 0.%i is as agreed', async (name, bpftraceMinor) => {
    const spec = SPECS[name];
    if (!spec) throw new Error(name);
    await expect(programText({ ...spec, bpftraceMinor })).toMatchFileSnapshot(`golden/${name}.${bpftraceMinor}.bt`);
  });

  it('has one probe for all exits with the same body', () => {
    const text = programText(C);
    expect(text.match(/^uprobe:.*$/gm)).toEqual([
      `uprobe:${FILE}:hp_0_entry /pid == 4242/ {`,
      `uprobe:${FILE}:hp_0_ret* /pid == 4242/ {`,
    ]);
  });

  it('reads each of the sixteen conditions from the flags', () => {
    for (let condition = 0; condition < 16; condition += 2) {
      const positive = programText({ ...C, probes: [entry, conditional(0, condition)] });
      const negative = programText({ ...C, probes: [entry, conditional(0, condition + 1)] });
      const tested = /if \((.*(?:\$f).*)\) \{/.exec(positive)?.[1];
      expect(negative).toContain(`if (!(${tested})) {`);
    }
  });

  it('has balanced brackets, and none without a partner', () => {
    for (const [name, minor] of CASES) {
      const text = programText({ ...(SPECS[name] ?? C), bpftraceMinor: minor });
      for (const [open, close] of ['{}', '()', '[]'])
        expect(text.split(open ?? '').length).toBe(text.split(close ?? '').length);
    }
  });
});

/** Any text: names with quotes, newlines, globs and statements, and words that would be fine. */
const odd = fc.oneof(
  fc.string(),
  fc.constantFrom('x"); system("id', 'main.(*S).M', 'a*', 'a\nBEGIN { exit(); }', '/tmp/a b', '../..', 'Ax', ''),
);
const mostly = (fine: readonly string[]) =>
  fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...fine) }, { weight: 1, arbitrary: odd });
const file = mostly([FILE, '/run/heatprobe-1-abc/t1']);
const alias = mostly(['hp_0_ret0', 'hp_1_part22', 'hp_0_entry']);
const register = mostly(['ax', 'r8', 'r28', 'sp']);
const number = fc.oneof(
  { weight: 20, arbitrary: fc.maxSafeInteger() },
  { weight: 1, arbitrary: fc.oneof(fc.double(), fc.constantFrom(Number.NaN, 2 ** 60)) },
);
const count = fc.oneof({ weight: 20, arbitrary: fc.nat() }, { weight: 1, arbitrary: number });
const operand: fc.Arbitrary<JumpOperand> = fc.oneof(
  fc.record({ kind: fc.constant('register' as const), register }),
  fc.record({
    kind: fc.constant('memory' as const),
    base: fc.option(register),
    index: fc.option(register),
    scale: count,
    displacement: number,
    pointerAt: fc.constant(null),
  }),
);
const anySpec: fc.Arbitrary<ProgramSpec> = fc
  .record({
    file,
    alias,
    operand,
    pid: count,
    tracerPid: count,
    from: number,
    to: number,
    offset: count,
  })
  .map(({ file, alias, operand, pid, tracerPid, from, to, offset }) => ({
    ...C,
    files: [file],
    scope: { kind: 'process', pid },
    tracerPid,
    goidOffset: offset,
    pairing: 'goroutine in r14',
    probes: [
      { ...entry, alias },
      {
        ...maybe(0, operand),
        alias,
        when: { kind: 'target-outside', operand, inside: [{ from, to }] },
        role: 'exit',
        shared: false,
      },
    ],
  }));

/** The text without numbers, strings of our own and the places where paths, aliases and registers stand. */
const skeleton = (text: string): string =>
  text
    .replace(/^uprobe:\/[\w./-]+:[a-z][a-z0-9_]*\*?/gm, 'uprobe')
    .replace(/reg\("[a-z0-9]{1,3}"\)/g, 'reg')
    .replace(/\d+/g, '0');

describe('no spec brings other words into the program', () => {
  const statements = new Set(
    skeleton(
      CASES.map(([name, bpftraceMinor]) => programText({ ...(SPECS[name] ?? C), bpftraceMinor })).join(''),
    ).split(/[\s();]+/),
  );

  it('than numbers, chosen paths, aliases and registers', () => {
    let made = 0;
    fc.assert(
      fc.property(anySpec, (spec) => {
        let text: string;
        try {
          text = programText(spec);
        } catch (error) {
          expect(String(error)).toMatch(/not a word for a program/);
          return;
        }
        made++;
        expect(
          skeleton(text)
            .split(/[\s();]+/)
            .filter((token) => !statements.has(token)),
        ).toEqual([]);
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect(made).toBeGreaterThan(200);
  });
});
