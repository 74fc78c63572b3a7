/**
 * The alias ELF: a tiny object file whose symbol table names our probe sites.
 *
 * bpftrace resolves `uprobe:/path:name` through libbcc, which first looks for a symbol file at
 * `$BCC_SYMFS/<path>`. A file there with one FUNC symbol a site lets us probe any instruction of
 * any binary, stripped or not, on every bpftrace version, with names that we chose ourselves.
 * The target's own file is never touched.
 *
 * Layout: ELF64 header, build-id note, .symtab, .strtab, .shstrtab, section headers.
 * Format: System V ABI, "ELF-64 Object File Format" version 1.5.
 */

/** One probe site under the name that the program uses for it. */
export interface Alias {
  readonly name: string;
  /** Virtual address of the instruction, as the target's program headers count. */
  readonly vaddr: number;
}

const HEADER = 64;
const SECTION = 64;
const SYMBOL = 24;
const MACHINE = { x64: 62, arm64: 183 } as const;

interface Section {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly data: Uint8Array;
  readonly link?: number;
  readonly info?: number;
  readonly entry?: number;
  readonly vaddr?: number;
  readonly size?: number;
}

function strings(names: readonly string[]): { data: Uint8Array; offsets: number[] } {
  const offsets: number[] = [];
  let text = '\0';
  for (const name of names) {
    offsets.push(text.length);
    text += `${name}\0`;
  }
  return { data: Uint8Array.from(text, (character) => character.charCodeAt(0)), offsets };
}

function symbolTable(aliases: readonly Alias[], nameOffsets: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(SYMBOL * (aliases.length + 1));
  const view = new DataView(bytes.buffer);
  aliases.forEach((alias, i) => {
    const at = SYMBOL * (i + 1);
    view.setUint32(at, nameOffsets[i] ?? 0, true);
    view.setUint8(at + 4, 0x12); // GLOBAL, FUNC
    view.setUint16(at + 6, 1, true); // defined: any section but 0
    view.setBigUint64(at + 8, BigInt(alias.vaddr), true);
    view.setBigUint64(at + 16, 1n, true); // size 1: bpftrace must not look for a prologue
  });
  return bytes;
}

/**
 * Builds the alias file's bytes.
 * @param aliases the sites; names must be plain identifiers, for they are used in program text
 * @param buildIdNote the target's own `.note.gnu.build-id` section, whole: libbcc refuses a symbol
 *   file whose build ID differs from the target's. Null when the target has none.
 */
export function aliasElf(
  aliases: readonly Alias[],
  buildIdNote: Uint8Array | null,
  machine: keyof typeof MACHINE = 'x64',
): Uint8Array {
  for (const { name } of aliases) {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`not an alias name: ${JSON.stringify(name)}`);
  }
  const names = strings(aliases.map((a) => a.name));
  const low = aliases.reduce((least, a) => Math.min(least, a.vaddr), Number.MAX_SAFE_INTEGER);
  const high = aliases.reduce((most, a) => Math.max(most, a.vaddr), 0);
  const sections: Section[] = [
    // A text section that covers the sites but holds no bytes: readers want symbols to lie in one.
    { name: '.text', type: 8, flags: 6, data: new Uint8Array(0), vaddr: low, size: high - low + 1 },
    { name: '.symtab', type: 2, flags: 0, data: symbolTable(aliases, names.offsets), link: 3, info: 1, entry: SYMBOL },
    { name: '.strtab', type: 3, flags: 0, data: names.data },
  ];
  if (buildIdNote) sections.push({ name: '.note.gnu.build-id', type: 7, flags: 2, data: buildIdNote });
  const sectionNames = strings([...sections.map((s) => s.name), '.shstrtab']);
  sections.push({ name: '.shstrtab', type: 3, flags: 0, data: sectionNames.data });
  return assemble(sections, sectionNames.offsets, MACHINE[machine]);
}

function assemble(sections: readonly Section[], nameOffsets: readonly number[], machine: number): Uint8Array {
  const offsets: number[] = [];
  let end = HEADER;
  for (const section of sections) {
    end = Math.ceil(end / 8) * 8;
    offsets.push(end);
    end += section.data.length;
  }
  const table = Math.ceil(end / 8) * 8;
  const bytes = new Uint8Array(table + SECTION * (sections.length + 1));
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]); // ELF, 64 bit, little endian, version 1
  view.setUint16(16, 3, true); // ET_DYN
  view.setUint16(18, machine, true);
  view.setUint32(20, 1, true);
  view.setBigUint64(40, BigInt(table), true);
  view.setUint16(52, HEADER, true);
  view.setUint16(58, SECTION, true);
  view.setUint16(60, sections.length + 1, true);
  view.setUint16(62, sections.length, true);
  sections.forEach((section, i) => {
    const offset = offsets[i] ?? 0;
    bytes.set(section.data, offset);
    const at = table + SECTION * (i + 1);
    view.setUint32(at, nameOffsets[i] ?? 0, true);
    view.setUint32(at + 4, section.type, true);
    view.setBigUint64(at + 8, BigInt(section.flags), true);
    view.setBigUint64(at + 16, BigInt(section.vaddr ?? 0), true);
    view.setBigUint64(at + 24, BigInt(offset), true);
    view.setBigUint64(at + 32, BigInt(section.size ?? section.data.length), true);
    view.setUint32(at + 40, section.link ?? 0, true);
    view.setUint32(at + 44, section.info ?? 0, true);
    view.setBigUint64(at + 48, 8n, true);
    view.setBigUint64(at + 56, BigInt(section.entry ?? 0), true);
  });
  return bytes;
}
