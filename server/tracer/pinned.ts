/**
 * The very files a plan was made from, held open while they are traced. A path can be given to another file at any
 * time (a rebuild does just that), and probes at the old addresses would land in the middle of other instructions.
 */
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { type Problem, problem } from '../../lib/problem.ts';
import { identityOf } from './binary/filesource.ts';
import type { Executable } from './planning.ts';

export interface Pinned {
  /** The plan with paths that lead to the held files, whatever happens to their names. */
  readonly executable: Executable;
  /** For each file, the path by which it was planned and the one that leads to it now. */
  readonly paths: ReadonlyMap<string, string>;
  readonly release: () => void;
}

/** Opens the plan's files; a problem when one of them is not what was planned any more. */
export function pinFiles(executable: Executable): Pinned | Problem<'target-changed'> {
  const descriptors: number[] = [];
  const release = (): void => {
    for (const descriptor of descriptors.splice(0)) closeSync(descriptor);
  };
  const paths = new Map<string, string>();
  for (const { openPath, identity } of executable.files) {
    const descriptor = openAs(openPath, identity);
    if (descriptor === null) {
      release();
      return problem('target-changed', { path: openPath });
    }
    descriptors.push(descriptor);
    paths.set(openPath, `/proc/${process.pid}/fd/${descriptor}`);
  }
  const files = executable.files.map((file) => ({ ...file, openPath: paths.get(file.openPath) ?? file.openPath }));
  return { executable: { ...executable, files }, paths, release };
}

function openAs(path: string, identity: string): number | null {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return null;
  }
  if (identityOf(fstatSync(descriptor, { bigint: true })) === identity) return descriptor;
  closeSync(descriptor);
  return null;
}
