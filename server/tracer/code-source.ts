import type { Binary } from '../../lib/binary/binary.ts';
import { frameExtent } from '../../lib/elf/ehframe.ts';
import type { CodeSource } from '../../lib/plan/code.ts';
import { disassemble } from './disassemble.ts';

/** A binary's code, decoded on demand. */
export function codeSource(binary: Binary): CodeSource {
  return {
    path: binary.openPath,
    functions: binary.functions,
    extentAt: (address) => frameExtent(binary.elf, address),
    decode(from, size) {
      const code = binary.bytes(from, size);
      if (code.length === 0)
        return { ok: false, from, to: from, instructions: [], why: 'there are no bytes in the file' };
      return disassemble(code, from);
    },
  };
}
