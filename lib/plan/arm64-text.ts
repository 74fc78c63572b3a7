/** arm64 instructions as text, for people: those that sites and prologues are made of; others as their number. */
import { addImmediate, field, matches, pairAccess, SP, signed, singleAccess } from './arm64-word.ts';

const CONDITIONS = 'eq ne hs lo mi pl vs vc hi ls ge lt gt le al nv'.split(' ');
const HINTS: Readonly<Record<number, string>> = {
  0: 'nop',
  1: 'yield',
  7: 'xpaclri',
  25: 'paciasp',
  27: 'pacibsp',
  29: 'autiasp',
  31: 'autibsp',
  32: 'bti',
  34: 'bti c',
  36: 'bti j',
  38: 'bti jc',
};

export function arm64Text(word: number, address: number): string {
  return branchText(word, address) ?? memoryText(word) ?? arithmeticText(word, address) ?? `.inst 0x${hex(word)}`;
}

const hex = (value: number): string => value.toString(16);
const x = (register: number, is64 = true): string =>
  register === SP ? (is64 ? 'xzr' : 'wzr') : `${is64 ? 'x' : 'w'}${register}`;
const xsp = (register: number, is64 = true): string => (register === SP ? (is64 ? 'sp' : 'wsp') : x(register, is64));
const number = (value: number): string => (value < 0 ? `#-0x${hex(-value)}` : `#0x${hex(value)}`);

function branchText(word: number, address: number): string | null {
  const to = (offset: number): string => `0x${hex(address + offset * 4)}`;
  const register = x(field(word, 0, 5), word >>> 31 === 1);
  if (matches(word, 0x7c000000, 0x14000000)) return `${word >>> 31 ? 'bl' : 'b'} ${to(signed(word, 0, 26))}`;
  if (word >>> 24 === 0x54) return `b.${CONDITIONS[field(word, 0, 4)]} ${to(signed(word, 5, 19))}`;
  if (matches(word, 0x7e000000, 0x34000000)) {
    return `${field(word, 24, 1) ? 'cbnz' : 'cbz'} ${register}, ${to(signed(word, 5, 19))}`;
  }
  if (matches(word, 0x7e000000, 0x36000000)) {
    const bit = field(word, 31, 1) * 32 + field(word, 19, 5);
    return `${field(word, 24, 1) ? 'tbnz' : 'tbz'} ${register}, #${bit}, ${to(signed(word, 5, 14))}`;
  }
  if (field(word, 25, 7) === 0x6b) return registerBranchText(word);
  if (matches(word, 0xfffff01f, 0xd503201f)) return HINTS[field(word, 5, 7)] ?? `hint #${field(word, 5, 7)}`;
  if (word >>> 16 === 0) return `udf #${word}`;
  if (word >>> 21 === 0x6a1) return `brk ${number(field(word, 5, 16))}`;
  return word >>> 21 === 0x6a0 && (word & 31) === 1 ? `svc ${number(field(word, 5, 16))}` : null;
}

function registerBranchText(word: number): string | null {
  const name = ['br', 'blr', 'ret'][field(word, 21, 3)];
  if (name === undefined) return null;
  const register = field(word, 5, 5);
  if (field(word, 10, 6) === 0) return name === 'ret' && register === 30 ? 'ret' : `${name} ${x(register)}`;
  const key = field(word, 10, 1) ? 'ab' : 'aa';
  if (name === 'ret') return `${name}${key}`;
  return field(word, 24, 1)
    ? `${name}${key} ${x(register)}, ${xsp(field(word, 0, 5))}`
    : `${name}${key}z ${x(register)}`;
}

function memoryText(word: number): string | null {
  const pair = pairAccess(word);
  if (pair) {
    const names = [pair.first, pair.second].map((n) => (pair.isVector ? vector(n, pair.size) : x(n, pair.size === 8)));
    return `${pair.isLoad ? 'ldp' : 'stp'} ${names.join(', ')}, ${place(pair.base, pair.offset, pair.mode)}`;
  }
  const single = singleAccess(word);
  if (!single || (single.scale === 3 && single.opc === 2 && !single.isVector)) return null;
  const { isVector, register, scale, opc, isLoad, base, offset, mode } = single;
  const name = isVector ? vector(register, 1 << scale) : x(register, scale === 3 || opc === 2);
  const suffix = isVector || scale === 3 ? '' : `${opc >= 2 ? 's' : ''}${['b', 'h', opc >= 2 ? 'w' : ''][scale]}`;
  const verb = `${isLoad ? 'ld' : 'st'}${mode === 'unscaled' ? 'u' : ''}r`;
  return `${verb}${suffix} ${name}, ${place(base, offset, mode)}`;
}

const vector = (register: number, bytes: number): string => `${'bhsdq'[Math.log2(bytes)]}${register}`;

function place(base: number, offset: number, mode: 'offset' | 'unscaled' | 'pre' | 'post'): string {
  if (mode === 'post') return `[${xsp(base)}], ${number(offset)}`;
  const inside = offset === 0 && mode !== 'pre' ? xsp(base) : `${xsp(base)}, ${number(offset)}`;
  return `[${inside}]${mode === 'pre' ? '!' : ''}`;
}

function arithmeticText(word: number, address: number): string | null {
  const add = addImmediate(word);
  if (add) {
    const { to, from, value, setsFlags, is64 } = add;
    const isSub = field(word, 30, 1) === 1;
    if (setsFlags && to === SP) return `${isSub ? 'cmp' : 'cmn'} ${xsp(from, is64)}, ${number(Math.abs(value))}`;
    if (value === 0 && !setsFlags && (to === SP || from === SP)) return `mov ${xsp(to, is64)}, ${xsp(from, is64)}`;
    const verb = `${isSub ? 'sub' : 'add'}${setsFlags ? 's' : ''}`;
    return `${verb} ${setsFlags ? x(to, is64) : xsp(to, is64)}, ${xsp(from, is64)}, ${number(Math.abs(value))}`;
  }
  if (matches(word, 0x1f000000, 0x10000000)) {
    const offset = signed(word, 5, 19) * 4 + field(word, 29, 2);
    const isPage = word >>> 31 === 1;
    const target = isPage ? Math.floor(address / 4096) * 4096 + offset * 4096 : address + offset;
    return `${isPage ? 'adrp' : 'adr'} ${x(field(word, 0, 5))}, 0x${hex(target)}`;
  }
  const is64 = word >>> 31 === 1;
  const [to, left, right] = [field(word, 0, 5), field(word, 5, 5), field(word, 16, 5)];
  if (matches(word, 0x7fe0ffe0, 0x2a0003e0)) return `mov ${x(to, is64)}, ${x(right, is64)}`;
  if (matches(word, 0x7f20fc1f, 0x6b00001f)) return `cmp ${x(left, is64)}, ${x(right, is64)}`;
  if (matches(word, 0x7fe0fc1f, 0x6b20601f)) return `cmp ${xsp(left, is64)}, ${x(right, is64)}`;
  if (matches(word, 0x7f800000, 0x52800000)) {
    const shift = field(word, 21, 2) * 16;
    return `mov ${x(to, is64)}, ${number(field(word, 5, 16))}${shift === 0 ? '' : `, lsl #${shift}`}`;
  }
  return null;
}
