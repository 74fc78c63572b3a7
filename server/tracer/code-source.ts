import type { Binary } from '../../lib/binary/binary.ts';
import { frameExtent } from '../../lib/elf/ehframe.ts';
import { decodeArm64 } from '../../lib/plan/arm64.ts';
import type { CodeSource } from '../../lib/plan/code.ts';
import { disassemble } from './disassemble.ts';

/** A binary's code, decoded on demand. */
export function codeSource(binary: Binary): CodeSource {
  return {
    path: binary.openPath,
    machine: binary.elf.machine,
    functions: binary.functions,
    extentAt: (address) => (isLinkage(binary, address) ? null : frameExtent(binary.elf, address)),
    decode(from, size) {
      const code = binary.bytes(from, size);
      if (code.length === 0)
        return { ok: false, from, to: from, instructions: [], why: 'there are no bytes in the file' };
      return binary.elf.machine === 'arm64' ? decodeArm64(code, from) : disassemble(code, from);
    },
  };
}

/**
 * Whether an address is in the table through which a program calls other files. The linker describes all of its
 * entries as one stretch that begins with a frame in place, but each is a function's way out, and no piece of it.
 */
function isLinkage({ elf }: Binary, address: number): boolean {
  return elf.sections.some((s) => /^\.i?plt/.test(s.name) && address >= s.address && address < s.address + s.size);
}
