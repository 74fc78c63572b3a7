/** Looks at a probe site: the file's own byte, or a breakpoint. Reads ELF by itself, so that the product is not asked about itself. */
import { closeSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs';

const BREAKPOINT = 0xcc;

/** The first byte at a virtual address, as the file has it. */
export function byteInFile(path: string, address: number): number {
  const file = readFileSync(path);
  return file[offsetOf(file, address)] ?? -1;
}

/** The same byte, as a process that runs the file has it. */
export function byteInMemory(pid: number, path: string, address: number): number {
  const offset = offsetOf(readFileSync(path), address);
  // The kernel names files without the symbolic links by which they were started.
  const file = realpathSync(path);
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  for (const line of maps) {
    const [range = '', , from = '', , , ...name] = line.split(/\s+/);
    const [start = 0, end = 0] = range.split('-').map((text) => Number.parseInt(text, 16));
    const first = Number.parseInt(from, 16);
    if (name.join(' ') !== file || offset < first || offset >= first + end - start) continue;
    return readByte(`/proc/${pid}/mem`, start + offset - first);
  }
  throw new Error(`process ${pid} does not map ${path} there`);
}

export const isProbed = (pid: number, path: string, address: number): boolean =>
  byteInMemory(pid, path, address) === BREAKPOINT;

/** ELF64: e_phoff, e_phnum; a PT_LOAD has p_type 1, p_offset, p_vaddr, p_filesz. */
function offsetOf(file: Buffer, address: number): number {
  const table = Number(file.readBigUInt64LE(32));
  for (let i = 0; i < file.readUInt16LE(56); i++) {
    const header = table + i * 56;
    const [offset = 0, vaddr = 0, , size = 0] = [8, 16, 24, 32].map((at) => Number(file.readBigUInt64LE(header + at)));
    if (file.readUInt32LE(header) === 1 && address >= vaddr && address < vaddr + size) return offset + address - vaddr;
  }
  throw new Error(`no byte at 0x${address.toString(16)} in the file`);
}

function readByte(path: string, position: number): number {
  const memory = openSync(path, 'r');
  const buffer = new Uint8Array(1);
  try {
    readSync(memory, buffer, 0, 1, position);
    return buffer[0] ?? -1;
  } finally {
    closeSync(memory);
  }
}
