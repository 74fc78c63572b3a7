import { describe, expect, it } from 'vitest';
import { disassemble } from '../../server/tracer/disassemble.ts';
import { collectPieces } from './code.ts';
import { chooseEntry } from './entry.ts';
import * as listings from './fixtures/listings.ts';
import { fixtureSource, listed, symbolNamed } from './fixtures/source.ts';

const isMorestack = (address: number): boolean => address === 0x3000;

function entryOf(listing: string, { go = false } = {}) {
  const source = fixtureSource([{ name: 'f', address: 0x1000, code: listed(listing) }], disassemble);
  const collected = collectPieces(source, symbolNamed(source, 'f'));
  if (!collected.ok) throw new Error(collected.why);
  const [main] = collected.pieces;
  if (!main) throw new Error('no piece');
  const site = chooseEntry(main, collected.pieces, go ? isMorestack : null);
  return site && { at: site.instruction.address - 0x1000, note: site.note, isLoopHead: site.isLoopHead };
}

describe('the entry site', () => {
  it.each<[string, string, ReturnType<typeof entryOf>]>([
    ['is the first instruction', listings.TAIL_JUMP, { at: 0, note: '', isLoopHead: false }],
    ['is the cheap push behind endbr64', listings.ENDBR, { at: 4, note: 'after endbr64', isLoopHead: false }],
    ['is endbr64 where nothing cheap follows', listings.ENDBR_MOV, { at: 0, note: '', isLoopHead: false }],
    [
      'is behind an instruction with a lock prefix',
      listings.LOCK,
      { at: 4, note: 'first cheap instruction', isLoopHead: false },
    ],
    ['may be where a loop comes back to', listings.SELF_LOOP, { at: 0, note: '', isLoopHead: true }],
    ['is none where the kernel refuses all', listings.LOCK_ONLY, null],
  ])('%s', (_, listing, site) => {
    expect(entryOf(listing)).toEqual(site);
  });

  it.each<[string, string, number]>([
    ['the sub of Go 1.19', listings.GO119, 6],
    ['the push of Go 1.21 and later', listings.GO121, 6],
    ['the push behind the check of a large frame', listings.GO_LARGE, 14],
  ])('is behind Go’s stack check: %s', (_, listing, at) => {
    expect(entryOf(listing, { go: true })).toEqual({ at, note: 'after the stack check', isLoopHead: false });
  });

  it('in a C function that looks like Go is the first instruction', () => {
    expect(entryOf(listings.GO121)?.at).toBe(0);
  });
});
