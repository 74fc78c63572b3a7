import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CELL, CROSSING, emptyPacking, packedRow } from './pack.ts';

interface Drawn {
  readonly start: number;
  readonly end: number;
}

/** Calls over some cells, in the order of their ends but for a few that are told late. */
const calls = fc
  .array(
    fc.record({
      start: fc.integer({ min: 0, max: 4 * CELL }),
      length: fc.constantFrom(1, CELL / 200, CELL / 3, 2 * CELL),
      late: fc.constantFrom(0, 0, 0, CELL / 100),
    }),
    { maxLength: 300 },
  )
  .map((drawn) =>
    drawn
      .toSorted((a, b) => a.start + a.length + a.late - b.start - b.length - b.late)
      .map(({ start, length }): Drawn => ({ start, end: start + length })),
  );

function rowsOf(drawn: readonly Drawn[]): number[] {
  const packing = emptyPacking();
  return drawn.map(({ start, end }) => packedRow(packing, start, end));
}

describe('packed rows', () => {
  test('no two calls on a row overlap', () => {
    fc.assert(
      fc.property(calls, (drawn) => {
        const byRow = new Map<number, Drawn[]>();
        for (const [index, row] of rowsOf(drawn).entries()) {
          const call = drawn[index];
          if (call) byRow.set(row, [...(byRow.get(row) ?? []), call]);
        }
        for (const row of byRow.values()) {
          const sorted = row.toSorted((a, b) => a.start - b.start || a.end - b.end);
          for (const [index, { end }] of sorted.entries())
            expect(sorted[index + 1]?.start ?? end).toBeGreaterThanOrEqual(end);
        }
      }),
    );
  });

  test('calls one after the other share a row; as many at once, as many rows', () => {
    const sequence = Array.from({ length: 1000 }, (_, at) => ({ start: at * 10, end: at * 10 + 9 }));
    expect(new Set(rowsOf(sequence))).toEqual(new Set([0]));
    const pairs = Array.from({ length: 1000 }, (_, at) => ({ start: at * 10, end: at * 10 + 15 }));
    expect(new Set(rowsOf(pairs))).toEqual(new Set([0, 1]));
  });

  test('a later call moves no earlier one, and what was in cells before does not count', () => {
    fc.assert(
      fc.property(calls, fc.nat(300), (drawn, share) => {
        const all = rowsOf(drawn);
        expect(rowsOf(drawn.slice(0, share))).toEqual(all.slice(0, share));
        const cellOf = ({ start }: Drawn) => Math.floor(start / CELL);
        const last = drawn.findIndex((call) => cellOf(call) >= 2);
        if (last < 0) return;
        const kept = rowsOf(drawn.slice(last));
        for (const [index, row] of kept.entries()) {
          const call = drawn[last + index];
          if (call && cellOf(call) >= 2 && row < CROSSING) expect(row).toBe(all[last + index]);
        }
      }),
    );
  });
});
