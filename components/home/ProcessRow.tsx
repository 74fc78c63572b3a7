import clsx from 'clsx';
import { coarseAge, percent } from '../../lib/format/format.ts';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import { languageBadge, languageName } from '../plan/languages.ts';
import { Badge } from './Badge.tsx';
import type { ListedProcess, ProcessSort } from './process-order.ts';

interface Props {
  readonly process: ListedProcess;
  readonly sort: ProcessSort;
  /** Wall-clock time. */
  readonly now: number;
}

/** One running process: what it is and how busy above, how it was started, by whom and where below. */
export function ProcessRow({ process, sort, now }: Props) {
  const { name, pid, commandLine, user, container, executable, ended } = process;
  const line = commandLine.join(' ') || (executable?.path ?? name);
  // The folder of the program is the least telling part, and would take all the place.
  const shown = line.replace(/^\/\S*\/(?=\S)/, '');
  const trouble = troubleOf(process);
  return (
    <div
      data-testid="process"
      data-pid={pid}
      className={clsx('flex h-full flex-col justify-center gap-[2px] px-4', ended && 'opacity-50')}
      title={trouble ? `${line}\n${trouble}` : line}
    >
      <div className="flex items-center gap-[10px]">
        <span className="min-w-0 flex-1 truncate">
          {name} <span className="text-muted">{pid}</span>
        </span>
        <ProgramBadge process={process} />
        <span className="w-14 shrink-0 text-right text-muted" data-testid="process-figure">
          <Figure process={process} sort={sort} now={now} />
        </span>
      </div>
      <div className="flex gap-[10px] text-12 text-muted">
        <span className="min-w-0 flex-1 truncate font-mono">
          {trouble ? <span className="mr-[6px] font-sans text-warn">{trouble}</span> : null}
          {shown}
        </span>
        <span className="max-w-20 min-w-8 shrink-0 truncate" title={`User ${user}`} data-testid="process-user">
          <span className="sr-only">user </span>
          {user}
        </span>
        <span
          className={clsx('shrink-0 truncate text-right font-mono text-11 leading-[18px]', container ? 'w-20' : 'w-3')}
          title={container ? `Container ${container}` : 'In no container'}
          data-testid="process-container"
        >
          <span className="sr-only">container </span>
          {container ?? '–'}
        </span>
      </div>
    </div>
  );
}

function troubleOf({ ended, executable }: ListedProcess): string {
  if (ended) return 'ended';
  if (!executable) return 'not readable';
  return executable.deleted ? 'file replaced' : '';
}

function Figure({ process: { cpu, startedAt, ended }, sort, now }: Props) {
  if (ended) return null;
  if (sort === 'start') return now > 0 ? <span title="Age">{coarseAge(now - startedAt)}</span> : null;
  if (!cpu) return null;
  return (
    <span title={`${percent(cpu.percent)} of one core, over ${(cpu.overMs / 1000).toFixed(1)} s`}>
      {percent(cpu.percent)}
    </span>
  );
}

const RUNTIMES: Readonly<Record<NonNullable<ProcessInfo['runtime']>, string>> = {
  node: 'Node.js',
  python: 'Python',
  java: 'Java',
  ruby: 'Ruby',
};

/** The language; for an interpreter what it runs, whose own functions are not the script's. */
function ProgramBadge({ process: { runtime, language, languageVersion } }: Pick<Props, 'process'>) {
  const compiled = languageName(language, languageVersion);
  if (!runtime) return <Badge text={languageBadge(language, languageVersion)} title={compiled} />;
  return (
    <Badge text={RUNTIMES[runtime]} title={`${RUNTIMES[runtime]}. Its own functions are ${compiled || 'native'}.`} />
  );
}
