/** Targets as rows of a list: what was pinned and opened of late, the demo, running processes, a path that was typed. */
import type { TargetChoice } from '../../lib/protocol/gateway.ts';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import { fuzzyScore } from '../../lib/search/fuzzy.ts';
import { keyOf, type Remembered, type RememberedTarget, type RememberedTargets } from '../../lib/targets/remembered.ts';
import type { PickerRow } from '../ui/Picker.tsx';
import type { ListedProcess } from './process-order.ts';

export type TargetOption =
  | { readonly kind: 'demo' }
  | { readonly kind: 'command' }
  | { readonly kind: 'path'; readonly path: string }
  /** `running`: the process that it stands for; null when none runs now. */
  | { readonly kind: 'remembered'; readonly entry: Remembered; readonly running: ProcessInfo | null }
  | { readonly kind: 'process'; readonly process: ListedProcess };

type Row = PickerRow<TargetOption>;

const TWO_LINES = 55;
const ONE_LINE = 44;
/** More are found by a search. */
const RECENT_SHOWN = 4;

const READING: Row = { kind: 'heading', key: 'heading-running', title: 'Running · reading the list' };

interface Choices {
  /** Null while the list is still to come. */
  readonly processes: readonly ListedProcess[] | null;
  readonly remembered: RememberedTargets;
  readonly query: string;
}

export function targetRows({ processes: listed, remembered, query }: Choices): readonly Row[] {
  const wanted = query.trim();
  const path = pathIn(wanted);
  const processes = listed ?? [];
  const found = wanted === '' ? processes : ranked(processes, wanted);
  const running = group(
    'running',
    wanted === '' ? `Running · ${processes.length}` : `Running · ${found.length} of ${processes.length}`,
    found.map((process) => ({ kind: 'process', process })),
  );
  if (path !== null) return [...group('file', 'File', [{ kind: 'path', path }]), ...running];
  const live = processes.filter(({ ended }) => !ended);
  const options = (entries: readonly Remembered[]): TargetOption[] =>
    entries.map((entry) => ({ kind: 'remembered', entry, running: runningOf(entry.target, live) }));
  const pinned = remembered.pinned;
  const pins = new Set(pinned.map(({ target }) => keyOf(target)));
  const recent = remembered.recent.filter(({ target }) => !pins.has(keyOf(target)));
  if (wanted !== '') {
    const known = [...pinned, ...recent].filter(({ target }) => target.kind !== 'process' && fits(target, wanted));
    return [...running, ...group('known', 'Opened before', options(known))];
  }
  return [
    ...group('pinned', 'Pinned', options(pinned)),
    ...group('recent', 'Recent', options(recent.slice(0, RECENT_SHOWN))),
    ...group('start', 'Start', [{ kind: 'demo' }, { kind: 'command' }]),
    ...(listed ? running : [READING]),
  ];
}

function group(key: string, title: string, options: readonly TargetOption[]): Row[] {
  if (options.length === 0) return [];
  const rows = options.map((item): Row => ({ kind: 'option', key: optionKey(item), item, height: heightOf(item) }));
  return [{ kind: 'heading', key: `heading-${key}`, title }, ...rows];
}

function optionKey(option: TargetOption): string {
  if (option.kind === 'process') return processKey(option.process.pid);
  return option.kind === 'remembered' ? `remembered-${keyOf(option.entry.target)}` : option.kind;
}

const heightOf = ({ kind }: TargetOption): number =>
  kind === 'process' || kind === 'remembered' ? TWO_LINES : ONE_LINE;

export const processKey = (pid: number): string => `process-${pid}`;

/** An absolute path, also as files are pasted: in quotes, or as an address. */
export function pathIn(text: string): string | null {
  const bare = /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
  if (bare.startsWith('file:///')) {
    try {
      return decodeURIComponent(bare.slice('file://'.length));
    } catch {
      return bare.slice('file://'.length);
    }
  }
  return bare.startsWith('/') ? bare : null;
}

/** Best first; equally good ones stay in their order, so that new figures move nothing. */
function ranked(processes: readonly ListedProcess[], wanted: string): readonly ListedProcess[] {
  return processes
    .flatMap((process) => {
      const score = fuzzyScore(fieldsOf(process), wanted);
      return score === null ? [] : [{ process, score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ process }) => process);
}

const fieldsOf = ({ pid, name, commandLine, user, container, executable }: ProcessInfo) => [
  { text: String(pid), weight: 3 },
  { text: name, weight: 2 },
  { text: executable?.path ?? '', weight: 1 },
  { text: commandLine.join(' '), weight: 1 },
  { text: user, weight: 1 },
  { text: container ?? '', weight: 1 },
];

const fits = (target: RememberedTarget, wanted: string): boolean =>
  fuzzyScore([{ text: targetText(target), weight: 1 }], wanted) !== null;

const targetText = (target: RememberedTarget): string => (target.kind === 'file' ? target.path : target.args.join(' '));

/** The running process that a remembered one stands for: of the same file, with the same arguments if there is one. */
export function runningOf(target: RememberedTarget, processes: readonly ProcessInfo[]): ProcessInfo | null {
  if (target.kind !== 'process') return null;
  const same = processes.filter(({ executable }) => executable?.path === target.path);
  const args = target.args.join('\0');
  return same.find(({ commandLine }) => commandLine.join('\0') === args) ?? same[0] ?? null;
}

/** Where a remembered target is now: its process, or its file if that does not run; null for a command. */
export function placeOf({ target }: Remembered, processes: readonly ProcessInfo[]): TargetChoice | null {
  if (target.kind === 'command') return null;
  if (target.kind === 'file') return { pid: null, path: target.path };
  const running = runningOf(target, processes);
  return running ? { pid: running.pid, path: target.file } : { pid: null, path: target.file ?? target.path };
}
