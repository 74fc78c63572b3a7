import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cString, hex, i16, i32, indexOfBytes, text, u64, utf8 } from './bytes.ts';

describe('bytes', () => {
  it('encodes and decodes text as the standard does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const bytes = utf8(value);
        expect([...bytes]).toEqual([...new TextEncoder().encode(value)]);
        expect(text(bytes, 0, bytes.length)).toBe(value);
      }),
    );
  });

  it('decodes any bytes without throwing, ASCII runs of any length', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => text(bytes, 0, bytes.length).length <= bytes.length));
    const long = 'x'.repeat(100_000);
    expect(text(utf8(long), 0, long.length)).toBe(long);
  });

  it('reads numbers, and 0 outside the array', () => {
    const bytes = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0);
    expect([i16(bytes, 0), i32(bytes, 0), u64(bytes, 0), u64(bytes, 100)]).toEqual([-1, -1, 2 ** 33 - 1, 0]);
    expect(cString(bytes, 100)).toBe('');
    expect(hex(bytes.subarray(3, 5))).toBe('ff01');
  });

  it('finds byte sequences as Buffer does', () => {
    const small = fc.uint8Array({ maxLength: 30, max: 3 });
    fc.assert(
      fc.property(small, fc.uint8Array({ minLength: 1, maxLength: 3, max: 3 }), (bytes, wanted) => {
        expect(indexOfBytes(bytes, wanted)).toBe(Buffer.from(bytes).indexOf(wanted));
      }),
    );
  });
});
