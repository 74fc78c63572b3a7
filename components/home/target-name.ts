import type { RememberedTarget } from '../../lib/targets/remembered.ts';

/** What a remembered target is called: the process, or the name of its file. */
export function targetName(target: RememberedTarget): string {
  if (target.kind === 'process') return target.name;
  const path = target.kind === 'file' ? target.path : (target.args[0] ?? '');
  return path.split('/').at(-1) ?? path;
}
