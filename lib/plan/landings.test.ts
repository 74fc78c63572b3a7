import { describe, expect, it } from 'vitest';
import { disassemble } from '../../server/tracer/disassemble.ts';
import { type FixtureFunction, fixtureSource, listed } from './fixtures/source.ts';
import { goLandings, longjmpLandings, unwinderLandings } from './landings.ts';

const RET = listed('c3 | ret');
const f = (name: string, address: number, listing: string): FixtureFunction => ({
  name,
  address,
  code: listed(listing),
});
const shown = (sites: ReturnType<typeof goLandings>) => sites?.map(({ place, kind }) => `${place} ${kind.type}`);

/** The end of Go's runtime.recovery: &gp.sched from gp, to the stack, and off. */
const recovery = (making: string): FixtureFunction =>
  f(
    'runtime.recovery',
    0x1000,
    `${making}
      48 89 04 24    | mov %rax,(%rsp)
      e8 f3 0f 00 00 | call 2000
      0f 0b          | ud2`,
  );
const GOEXIT = f('runtime.Goexit', 0x1100, 'e8 fb 10 00 00 | call 2200\n90 | nop\nc3 | ret');
const CALLEES = [
  { name: 'runtime.gogo', address: 0x2000, code: RET },
  { name: 'runtime.goexit1', address: 0x2200, code: RET },
];

describe('Go’s landings', () => {
  it.each([
    ['add', '48 83 c0 38 | add $0x38,%rax'],
    ['lea', '48 8d 40 38 | lea 0x38(%rax),%rax'],
  ])('are the calls that resume a goroutine or end it (%s)', (_, making) => {
    const sites = goLandings(fixtureSource([recovery(making), GOEXIT, ...CALLEES], disassemble));
    expect(shown(sites)).toEqual(['runtime.recovery+0x8 go-recovery', 'runtime.Goexit+0x0 go-exit']);
    expect(sites?.[0]?.kind).toEqual({ type: 'go-recovery', gobufOffset: 0x38 });
  });

  it('are found in files whose assembly functions have a suffix', () => {
    const callees = CALLEES.map((callee) => ({ ...callee, name: `${callee.name}.abi0` }));
    const source = fixtureSource([recovery('48 83 c0 38 | add $0x38,%rax'), GOEXIT, ...callees], disassemble);
    expect(goLandings(source)).toHaveLength(2);
  });

  it('are unknown where one of them is', () => {
    const whole = [recovery('48 83 c0 38 | add $0x38,%rax'), GOEXIT, ...CALLEES];
    for (const name of ['runtime.recovery', 'runtime.gogo', 'runtime.goexit1']) {
      const source = fixtureSource(
        whole.filter((other) => other.name !== name),
        disassemble,
      );
      expect(goLandings(source)).toBeNull();
    }
    expect(goLandings(fixtureSource([recovery('0f 1f 40 00 | nopl'), GOEXIT, ...CALLEES], disassemble))).toBeNull();
  });
});

/** The end of libgcc's _Unwind_Resume: the frame is left, SP is moved, and off to the landing pad. */
const UNWIND = `
  48 8b 4d f0 | mov -0x10(%rbp),%rcx
  c9          | leave
  48 8b 24 24 | mov (%rsp),%rsp
  59          | pop %rcx
  48 01 c4    | add %rax,%rsp
  ff e1       | jmp *%rcx`;

it('a Go program that cannot call Goexit has no landing for it', () => {
  const parts = [recovery('48 83 c0 38 | add $0x38,%rax'), ...CALLEES];
  expect(shown(goLandings(fixtureSource(parts, disassemble)))).toEqual(['runtime.recovery+0x8 go-recovery']);
});

describe('native landings', () => {
  it('are the last jumps of an unwinder, behind its write of the stack pointer', () => {
    const source = fixtureSource(
      [f('_Unwind_Resume', 0x1000, UNWIND), f('_Unwind_Backtrace', 0x1800, UNWIND)],
      disassemble,
    );
    expect(shown(unwinderLandings(source))).toEqual(['_Unwind_Resume+0xd native']);
  });

  it('are no jumps that leave the stack as it is', () => {
    const source = fixtureSource(
      [f('_Unwind_Resume', 0x1000, '48 8b 08 | mov (%rax),%rcx\nff e1 | jmp *%rcx')],
      disassemble,
    );
    expect(unwinderLandings(source)).toEqual([]);
  });

  it('of longjmp are in the function that it calls, also where that has no name', () => {
    const hidden = `
      4c 89 c4 | mov %r8,%rsp
      4c 89 cd | mov %r9,%rbp
      ff e2    | jmp *%rdx`;
    const source = fixtureSource(
      [
        f('siglongjmp', 0x1000, 'e8 fb 0f 00 00 | call 2000\n0f 0b | ud2'),
        { name: null, address: 0x2000, code: listed(hidden) },
      ],
      disassemble,
    );
    const sites = longjmpLandings(source);
    expect(sites.map(({ instruction }) => instruction.address)).toEqual([0x2006]);
  });
});
