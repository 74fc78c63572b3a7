import { describe, expect, it } from 'vitest';
import { disassemble } from '../../server/tracer/disassemble.ts';
import * as listings from './fixtures/listings.ts';
import { listed } from './fixtures/source.ts';
import { stackHeights } from './heights.ts';

/** Heights by offset, and '?' where the height cannot be known; '-' where control does not come. */
function heightsOf(listing: string): (number | '?' | '-')[] {
  const { instructions } = disassemble(listed(listing), 0x1000);
  const heights = stackHeights(instructions, 0x1000);
  return instructions.map(({ address }) => (heights.has(address) ? (heights.get(address) ?? '?') : '-'));
}

describe('the height of the stack', () => {
  it('follows pushes and pops', () => {
    expect(heightsOf(listings.RET_IMM)).toEqual([0, 8, 0]);
  });

  it('is the same behind a call', () => {
    expect(heightsOf(listings.TAIL_JUMP)).toEqual([0, 8, 8, 0]);
  });

  it('comes back from the frame pointer', () => {
    expect(heightsOf(listings.LEAVE)).toEqual([0, 8, 8, 72, 24, 16, 8, 0]);
  });

  it('is unknown while the stack is aligned, and known again behind leave', () => {
    expect(heightsOf(listings.ALIGNED)).toEqual([0, 8, 8, '?', '?', '?', 0]);
  });

  it('is that of the table’s jump in blocks that only a table leads to', () => {
    expect(heightsOf(listings.TABLE)).toEqual([0, 8, 8, 8, 8, 8, 8, 8, 0, 8, 8, 0]);
  });

  it('is not spoilt by what seems to run on behind a call that never returns', () => {
    expect(heightsOf(listings.NEVER_THEN_BLOCK).slice(-2)).toEqual([0, 0]);
  });

  it('is 0 at the start of a Go function, to which the growing of the stack jumps back', () => {
    for (const listing of [listings.GO119, listings.GO121, listings.GO_LARGE]) expect(heightsOf(listing)[0]).toBe(0);
  });

  it('is unknown where paths disagree', () => {
    const listing = `
      85 ff | test %edi,%edi
      74 01 | je 1005
      53    | push %rbx
      90    | nop`;
    expect(heightsOf(listing)).toEqual([0, 0, 0, '?']);
  });
});
