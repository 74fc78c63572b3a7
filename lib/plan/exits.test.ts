import { describe, expect, it } from 'vitest';
import { disassemble } from '../../server/tracer/disassemble.ts';
import { baseName, collectPieces } from './code.ts';
import { findExits } from './exits.ts';
import * as listings from './fixtures/listings.ts';
import { type FixtureFunction, fixtureSource, listed, symbolNamed } from './fixtures/source.ts';
import { stackHeights } from './heights.ts';

const OTHER: FixtureFunction = { name: 'other', address: 0x2000, code: listed(listings.ONE_RET) };

/** Exits as `place text kind`, then what cannot be watched. */
function exitsOf(
  listing: string,
  more: readonly FixtureFunction[] = [],
  extents: Parameters<typeof fixtureSource>[2] = {},
) {
  const functions = [{ name: 'f', address: 0x1000, code: listed(listing) }, OTHER, ...more];
  const source = fixtureSource(functions, disassemble, extents);
  const collected = collectPieces(source, symbolNamed(source, 'f'));
  if (!collected.ok) return [collected.why];
  const { pieces } = collected;
  const heights = stackHeights(
    pieces.flatMap((piece) => piece.instructions),
    0x1000,
  );
  const { sites, unseen } = findExits(pieces, heights, (address) => source.functions.at(address)?.name ?? null);
  const shown = sites.map((site) => {
    const notes = [site.when.kind === 'always' ? '' : site.when.kind, site.shared ? 'shared' : '', site.target];
    return [site.place, site.kind, ...notes].filter((word) => word !== '').join(' ');
  });
  return [...shown, ...unseen];
}

describe('the ways out of a function', () => {
  it.each<[string, string, readonly string[]]>([
    ['returns with prefixes', listings.REPZ, ['+0x5 return', '+0x7 return']],
    ['a return that pops arguments', listings.RET_IMM, ['+0x2 return']],
    ['a jump to another function', listings.TAIL_JUMP, ['+0x7 tail-call other']],
    ['a conditional jump to another function', listings.COND_TAIL, ['+0x4 tail-call condition other', '+0xc return']],
    ['a jump through the linkage table', listings.PLT, ['+0xd tail-call']],
    ['no jump through a table while the frame is in place', listings.TABLE, ['+0x19 return', '+0x20 return']],
    [
      'a jump without a frame that may be a table',
      listings.LEAF_TABLE,
      ['+0xe tail-call target-outside', '+0x15 return'],
    ],
    ['no jump that the compiler marked as a table', listings.NOTRACK, ['+0x17 return']],
    ['no marked jump, with or without frame', listings.LEAF_NOTRACK, ['+0x11 return']],
    ['a jump through a table of methods', listings.VTABLE, ['+0x7 tail-call target-outside']],
    ['a jump at an unknown height (aligned stack)', listings.ALIGNED, ['+0x12 tail-call other']],
    ['no way at all', listings.NEVER, []],
    ['no way out of an endless loop', listings.SPIN, []],
  ])('are %s', (_, listing, exits) => {
    expect(exitsOf(listing)).toEqual(exits);
  });

  it('on a counter cannot be watched', () => {
    expect(exitsOf(listings.COND_COUNTER)).toEqual([
      '+0x2 return',
      '+0x5 return',
      expect.stringMatching(/^jrcxz .* leaves the function on a condition that cannot be read$/),
    ]);
  });
});

describe('pieces of a function', () => {
  const cold = { name: 'f.cold', address: 0x1800, code: listed(listings.COLD) };
  const part = { name: 'f.part.0', address: 0x1900, code: listed(listings.PART) };

  it('that the compiler moved away have exits of their own', () => {
    expect(exitsOf(listings.STRAY, [cold])).toEqual(['+0xa return', 'f.cold+0x1 return']);
  });

  it('that are functions as well share their exits', () => {
    expect(exitsOf(listings.PART_MAIN, [part])).toEqual(['+0x9 return', 'f.part.0+0x2 return shared']);
  });

  it('are told by their names', () => {
    for (const suffix of ['', '.cold', '.part.0', '.part.0.cold', '.isra.0', '.constprop.0.cold', '.llvm.123'])
      expect(baseName(`main.f${suffix}`)).toBe('main.f');
    expect(baseName('main.(*part).colder')).toBe('main.(*part).colder');
  });

  it('without a symbol are found where they are entered with a frame', () => {
    const nameless = { ...cold, name: null };
    const extents = [{ from: 0x1800, to: 0x1802, framed: true }];
    expect(exitsOf(listings.STRAY, [nameless], { extents })).toEqual(['+0xa return', 'part at 0x1800+0x1 return']);
  });

  it('without a symbol that look like functions are shared', () => {
    const nameless = { ...cold, name: null };
    const extents = [{ from: 0x1800, to: 0x1802, framed: false }];
    expect(exitsOf(listings.STRAY, [nameless], { extents })).toEqual([
      '+0xa return',
      'part at 0x1800+0x1 return shared',
    ]);
  });

  it('without a symbol are found by their jump back, also without a frame', () => {
    const main = `
      85 ff             | test %edi,%edi
      0f 85 f8 07 00 00 | jne 1800
      90                | nop
      c3                | ret`;
    const back = `
      e9 03 f8 ff ff    | jmp 1008`;
    const nameless = { name: null, address: 0x1800, code: listed(back) };
    const extents = [{ from: 0x1800, to: 0x1805, framed: false }];
    expect(exitsOf(main, [nameless], { extents })).toEqual(['+0x9 return']);
  });

  it('without a symbol are what a conditional jump leads to before there is a frame', () => {
    const main = '85 ff | test %edi,%edi\n0f 85 f8 07 00 00 | jne 1800\nc3 | ret';
    const nameless = { name: null, address: 0x1800, code: listed(listings.PART) };
    const extents = [{ from: 0x1800, to: 0x1803, framed: false }];
    expect(exitsOf(main, [nameless], { extents })).toEqual(['+0x8 return', 'part at 0x1800+0x2 return shared']);
  });

  it('are not what another symbol covers', () => {
    expect(exitsOf(listings.STRAY, [{ ...cold, name: 'g' }])).toEqual([
      '+0xa return',
      expect.stringMatching(/^at \+0x3 it jumps to g with its frame in place/),
    ]);
  });

  it('may lie behind a symbol without a size, which only seems to cover them', () => {
    const reaching = {
      name: 'start',
      address: 0x1700,
      code: listed(listings.ONE_RET),
      size: 0x300,
      sizeIsGuess: true as const,
    };
    const extents = [{ from: 0x1800, to: 0x1802, framed: true }];
    expect(exitsOf(listings.STRAY, [reaching, { ...cold, name: null }], { extents })).toHaveLength(2);
  });

  it('are not what a function jumps to without a frame, even if it is described as framed (linkage tables)', () => {
    const nameless = { name: null, address: 0x1800, code: listed(listings.ONE_RET) };
    const main = '53 | push %rbx\n5b | pop %rbx\ne9 f9 07 00 00 | jmp 1800';
    for (const framed of [false, true]) {
      const extents = [{ from: 0x1800, to: 0x1801, framed }];
      expect(exitsOf(main, [nameless], { extents })).toEqual(['+0x2 tail-call']);
    }
  });

  it('that do not decode make the function unknown', () => {
    expect(exitsOf('55 | push\n06 | no instruction')).toEqual([
      expect.stringMatching(/^its code cannot be decoded: in f/),
    ]);
  });
});

describe('the size of a function', () => {
  it('comes from the tables for unwinding where the symbol has none', () => {
    const f = {
      name: 'f',
      address: 0x1000,
      code: listed(`${listings.ONE_RET}\n06 | padding`),
      sizeIsGuess: true as const,
    };
    const extents = [{ from: 0x1000, to: 0x1001, framed: false }];
    const source = fixtureSource([f], disassemble, { extents });
    expect(collectPieces(source, symbolNamed(source, 'f'))).toMatchObject({ ok: true, pieces: [{ to: 0x1001 }] });
  });

  it('is asked for where nobody knows it', () => {
    const source = fixtureSource(
      [{ name: 'f', address: 0x1000, code: listed(listings.ONE_RET), size: 0 }],
      disassemble,
    );
    const symbol = symbolNamed(source, 'f');
    expect(collectPieces(source, symbol)).toEqual({ ok: false, why: 'the size of f is not known' });
  });
});

describe('ways out that do not fit the way in', () => {
  it.each([
    [
      'a return address that is popped and jumped to',
      '59 | pop %rcx\n  ff e1 | jmp *%rcx',
      /stack pointer not where it was/,
    ],
    ['a return that is used as a jump', '57 | push %rdi\n  c3 | ret', /stack pointer not where it was/],
    ['an unchecked pointer call as the last act', '3e ff e7 | notrack jmp *%rdi', /refuses a probe on it/],
  ])('%s is refused', (_, listing, reason) => {
    expect(exitsOf(listing)).toEqual([expect.stringMatching(reason)]);
  });
});
