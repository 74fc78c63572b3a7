/** Running processes as rows of a list: filtered, in an order that does not jump while somebody reads. */
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import type { PickerRow } from '../ui/Picker.tsx';

export type TargetOption =
  | { readonly kind: 'demo' }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'process'; readonly process: ProcessInfo };

const PROCESS_HEIGHT = 55;
const LINE_HEIGHT = 44;

export function targetRows(
  processes: readonly ProcessInfo[],
  query: string,
  withDemo: boolean,
): readonly PickerRow<TargetOption>[] {
  const wanted = query.trim();
  const found = processes.filter((process) => matches(process, wanted.toLowerCase()));
  const rows: PickerRow<TargetOption>[] = [];
  if (wanted.startsWith('/')) {
    rows.push({ kind: 'heading', key: 'file', title: 'File' });
    rows.push({ kind: 'option', key: 'path', item: { kind: 'path', path: wanted }, height: LINE_HEIGHT });
  } else if (withDemo && wanted === '') {
    rows.push({ kind: 'heading', key: 'demo-heading', title: 'Demo' });
    rows.push({ kind: 'option', key: 'demo', item: { kind: 'demo' }, height: LINE_HEIGHT });
  }
  if (found.length === 0) return rows;
  rows.push({
    kind: 'heading',
    key: 'running',
    title: wanted ? `Running · ${found.length} of ${processes.length}` : `Running · ${processes.length}`,
  });
  for (const process of found)
    rows.push({
      kind: 'option',
      key: processKey(process.pid),
      item: { kind: 'process', process },
      height: PROCESS_HEIGHT,
    });
  return rows;
}

export const processKey = (pid: number): string => `process-${pid}`;

function matches({ pid, name, commandLine, user, container, executable }: ProcessInfo, wanted: string): boolean {
  if (wanted === '') return true;
  const text = [pid, name, ...commandLine, user, container ?? '', executable?.path ?? ''].join(' ').toLowerCase();
  return wanted.split(/\s+/).every((word) => text.includes(word));
}

/** Known processes stay where they are; new ones come last, in order of their use of the CPU. */
export function keepOrder(order: readonly number[], processes: readonly ProcessInfo[]): readonly ProcessInfo[] {
  const place = new Map(order.map((pid, index) => [pid, index]));
  const last = order.length;
  return processes.toSorted(
    (a, b) =>
      (place.get(a.pid) ?? last) - (place.get(b.pid) ?? last) ||
      (b.cpuPercent ?? 0) - (a.cpuPercent ?? 0) ||
      b.startedAt - a.startedAt,
  );
}
