import { expect, test } from 'vitest';
import { disassemble } from './disassemble.ts';

const only = (...bytes: number[]) => disassemble(Uint8Array.from(bytes), 0x1000).instructions[0];

test('a repeated string instruction is no site: the kernel steps it once a round', () => {
  expect(only(0xf3, 0x48, 0xab)).toMatchObject({ text: expect.stringContaining('stos'), probeable: false });
  expect(only(0xf3, 0xa4)?.probeable).toBe(false);
  expect(only(0x48, 0xab)?.probeable).toBe(true);
  expect(only(0xf3, 0xc3)?.probeable).toBe(true);
});

test('prefixes that the kernel refuses are no sites', () => {
  expect(only(0xf0, 0xff, 0x07)?.probeable).toBe(false);
  expect(only(0x3e, 0xff, 0xe0)?.probeable).toBe(false);
});

test('only push, nop, and relative jumps and calls are emulated', () => {
  expect(only(0x55)?.emulated).toBe(true);
  expect(only(0x41, 0x54)?.emulated).toBe(true);
  expect(only(0xeb, 0x10)?.emulated).toBe(true);
  expect(only(0xc3)?.emulated).toBe(false);
  expect(only(0x48, 0x89, 0xe5)?.emulated).toBe(false);
});

test('bytes that are no instruction are an error, also at the very end', () => {
  expect(disassemble(Uint8Array.of(0x55, 0x48), 0x1000)).toMatchObject({ ok: false });
  expect(disassemble(Uint8Array.of(0x06), 0x1000)).toMatchObject({ ok: false });
});
