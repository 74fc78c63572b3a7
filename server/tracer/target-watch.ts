/** What becomes of the target while it is traced: whether a command's processes run it at all, and how it ends. */
import { statSync } from 'node:fs';
import type { ExitStatus } from '../../lib/protocol/session.ts';
import { exitStatusOf } from '../../lib/report/ended.ts';

export interface TargetWatch {
  readonly onProgram: (pid: number, inode: number) => void;
  readonly onExit: (pid: number, status: number | null) => void;
  /** Whether some process was seen to run the file; null when that cannot be told. */
  readonly ran: () => boolean | null;
  /** How this process ended; null when it is not known. */
  readonly exitOf: (pid: number) => ExitStatus | null;
}

/**
 * @param path leads to the target's file.
 * @param tellsPrograms whether the program reports each exec. A library is not executed, so nothing can be told of it.
 * @param pid the process whose end is of interest.
 */
export function targetWatch(path: string | undefined, tellsPrograms: boolean, pid: number | null): TargetWatch {
  const target = path === undefined || !tellsPrograms ? null : identity(path);
  let ran = false;
  let exit: ExitStatus | null = null;
  return {
    onProgram(runner, inode) {
      if (!target || ran) return;
      // Where a file system shows other numbers than the kernel uses (overlays), the process itself may still tell.
      ran = inode === target.ino || isSame(target, identity(`/proc/${runner}/exe`));
    },
    onExit(ended, status) {
      if (ended === pid && status !== null) exit = exitStatusOf(status);
    },
    ran: () => (target ? ran : null),
    exitOf: (wanted) => (wanted === pid ? exit : null),
  };
}

interface Identity {
  readonly dev: number;
  readonly ino: number;
}

const isSame = (a: Identity, b: Identity | null): boolean => a.dev === b?.dev && a.ino === b.ino;

function identity(path: string): Identity | null {
  try {
    const { dev, ino } = statSync(path);
    return { dev, ino };
  } catch {
    return null;
  }
}
