import { percent } from '../../lib/format/format.ts';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import { languageBadge, languageName } from '../plan/languages.ts';
import type { TargetOption } from './process-rows.ts';

interface Props {
  readonly option: TargetOption;
  readonly demo: 'offered' | 'starting' | 'chosen';
}

const DEMO_WORDS = { offered: 'try it', starting: 'starting', chosen: 'running' };

/** One entry of the first column. */
export function TargetOptionRow({ option, demo }: Props) {
  if (option.kind === 'process') return <ProcessRow process={option.process} />;
  if (option.kind === 'demo') {
    return (
      <div data-testid="demo" className="flex h-full items-center gap-[10px] px-4">
        <span className="min-w-0 flex-1 truncate">Node workload with several speeds</span>
        <Badge text="C++" />
        <span className="w-14 text-right text-muted">{DEMO_WORDS[demo]}</span>
      </div>
    );
  }
  return (
    <div data-testid="path-option" className="flex h-full items-center gap-[10px] px-4">
      <span className="min-w-0 flex-1 truncate">
        Open <span className="font-mono text-12">{option.path}</span>
      </span>
      <span className="text-muted">in every process</span>
    </div>
  );
}

function ProcessRow({ process }: { readonly process: ProcessInfo }) {
  const { name, pid, commandLine, user, container, executable, cpuPercent, language, languageVersion } = process;
  const facts = [
    commandLine.join(' ') || (executable?.path ?? name),
    executable?.deleted ? 'file replaced since the start' : '',
    container ? `container ${container}` : '',
    user,
    executable ? '' : 'not readable',
  ].filter(Boolean);
  return (
    <div
      data-testid="process"
      data-pid={pid}
      className="flex h-full flex-col justify-center gap-[2px] px-4"
      title={commandLine.join(' ')}
    >
      <div className="flex items-center gap-[10px]">
        <span className="min-w-0 flex-1 truncate">
          {name} <span className="text-muted">{pid}</span>
        </span>
        <Badge text={languageBadge(language, languageVersion)} title={languageName(language, languageVersion)} />
        <span className="w-14 text-right text-muted">{cpuPercent === null ? '' : percent(cpuPercent)}</span>
      </div>
      <div className="flex gap-[6px] font-mono text-12 text-muted">
        <span className="min-w-0 truncate">{facts[0]}</span>
        <span className="max-w-[60%] shrink-0 truncate">· {facts.slice(1).join(' · ')}</span>
      </div>
    </div>
  );
}

function Badge({ text, title }: { readonly text: string; readonly title?: string }) {
  if (!text) return null;
  return (
    <span title={title} className="shrink-0 rounded-chip border border-line px-[6px] text-11 text-muted">
      {text}
    </span>
  );
}
