import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Alias, aliasElf } from '../../../lib/elf/alias.ts';
import { isRunning } from '../alive.ts';
import { inInitialPidNamespace } from '../host.ts';

/** A traced file: its readable path, its build-ID note, and the sites in it. */
export interface TracedFile {
  readonly openPath: string;
  readonly buildIdNote: Uint8Array | null;
  readonly aliases: readonly Alias[];
}

/**
 * The private directory of one session: a symlink to each traced file under a name that is safe in
 * program text, the alias ELF where bpftrace looks for its symbols, and the program.
 */
export interface Workspace {
  readonly directory: string;
  /** Value of `BCC_SYMFS`. */
  readonly symbolRoot: string;
  readonly programPath: string;
  /** The symlinks, in the order of the files. */
  readonly links: readonly string[];
  readonly write: (files: readonly TracedFile[], program: string) => void;
  readonly remove: () => void;
}

/** The directory's own path must be plain, for it is used in program text; /run is, and is not writable by others. */
const ROOT = '/run';

export function makeWorkspace(fileCount: number): Workspace {
  removeLeftOvers();
  // The owner's process id is in the name, so that there is no moment at which the directory has no owner.
  const directory = mkdtempSync(join(ROOT, `heatprobe-${process.pid}-`));
  const symbolRoot = join(directory, 'symbols');
  const programPath = join(directory, 'program.bt');
  const links = Array.from({ length: fileCount }, (_, i) => join(directory, `t${i}`));
  return {
    directory,
    symbolRoot,
    programPath,
    links,
    write(files, program) {
      files.forEach((file, i) => {
        const link = links[i];
        if (link === undefined) throw new Error('more files than links');
        symlinkSync(file.openPath, link);
        const alias = join(symbolRoot, link);
        mkdirSync(dirname(alias), { recursive: true });
        writeFileSync(alias, aliasElf(file.aliases, file.buildIdNote));
      });
      writeFileSync(programPath, program);
    },
    remove() {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A tracer that was killed could not remove its directories; the next one does it. */
function removeLeftOvers(): void {
  // In another PID namespace a living owner's id looks dead, and /run may be shared with the host.
  if (!inInitialPidNamespace()) return;
  for (const name of readdirSync(ROOT)) {
    const owner = /^heatprobe-(\d+)-\w{6}$/.exec(name)?.[1];
    if (owner !== undefined && !isRunning(Number(owner))) rmSync(join(ROOT, name), { recursive: true, force: true });
  }
}
