/**
 * Notes: small typed records that linkers leave in a file. Here the GNU build ID, which names a build.
 * A note is: name size, description size, type (4 bytes each), name, description, both padded to 4 bytes.
 */
import { cString, hex, readWithin, u32 } from './bytes.ts';
import { type ElfFrame, SECTION, SEGMENT } from './frame.ts';

/** One note; `whole` spans its header, name, description and padding. */
export interface ElfNote {
  readonly name: string;
  readonly type: number;
  readonly description: Uint8Array;
  readonly whole: Uint8Array;
}

export interface BuildIdNote {
  /** Lower-case hexadecimal. */
  readonly id: string;
  readonly note: Uint8Array;
}

const NT_GNU_BUILD_ID = 3;
/** Notes of executables are below 1 KiB; core files have large ones that say nothing here. */
const MOST_NOTE_BYTES = 1 << 20;

/** Splits the bytes of a note section or segment; stops at the first damaged note. */
export function parseNotes(bytes: Uint8Array): ElfNote[] {
  const notes: ElfNote[] = [];
  for (let at = 0; at + 12 <= bytes.length; ) {
    const description = at + 12 + padded(u32(bytes, at));
    const end = description + u32(bytes, at + 4);
    if (end > bytes.length) break;
    notes.push({
      name: cString(bytes.subarray(at + 12, description), 0),
      type: u32(bytes, at + 8),
      description: bytes.subarray(description, end),
      whole: bytes.subarray(at, Math.min(padded(end), bytes.length)),
    });
    at = padded(end);
  }
  return notes;
}

const padded = (size: number): number => Math.ceil(size / 4) * 4;

/** Finds the GNU build ID in the note sections, or, where section headers were removed, in the segments. */
export function readBuildId(frame: ElfFrame): BuildIdNote | null {
  const section = frame.section('.note.gnu.build-id');
  const segments = frame.segments.filter(({ type }) => type === SEGMENT.NOTE);
  const places = section
    ? [section]
    : segments.length > 0
      ? segments.map(({ offset, fileSize }) => ({ offset, size: fileSize }))
      : frame.sections.filter(({ type }) => type === SECTION.NOTE);
  for (const { offset, size } of places) {
    const bytes = readWithin(frame.source, offset, Math.min(size, MOST_NOTE_BYTES));
    const found = parseNotes(bytes).find(({ name, type }) => name === 'GNU' && type === NT_GNU_BUILD_ID);
    if (found && found.description.length > 0) {
      return { id: hex(found.description), note: section ? bytes.slice() : found.whole.slice() };
    }
  }
  return null;
}
