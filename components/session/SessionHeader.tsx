import { commandLine } from '../../lib/command/parse.ts';
import { plural } from '../../lib/format/format.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { useCommands } from '../commands/commands.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { languageBadge, languageName } from '../plan/languages.ts';
import { shortVerdict, VERDICTS } from '../plan/verdict.ts';
import { Header } from '../shell/Header.tsx';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { LiveBadge } from './LiveBadge.tsx';
import { ReplayPace } from './ReplayPace.tsx';
import { isOver, processWords } from './status.ts';

interface Props {
  readonly head: SessionHead;
  readonly live: LiveTimeline;
  readonly connected: boolean;
  /** How long ticks have been missing; null while they come. Milliseconds. */
  readonly silence: number | null;
  readonly onStop: () => void;
}

/** Which function of which process, how it is measured, and how fresh the picture is. */
export function SessionHeader({ head, live, connected, silence, onStop }: Props) {
  const { subject, plan, status, replay, viewers } = head;
  const language = languageBadge(subject.language, subject.languageVersion);
  const over = isOver(status);
  useCommands([
    {
      id: 'stop',
      title: replay ? 'Stop the replay' : 'Stop tracing',
      keys: [],
      group: 'Session',
      run: onStop,
      disabled: over || status.state === 'stopping',
    },
    { id: 'copy-link', title: 'Copy the link to this view', keys: [], group: 'Session', run: copyLink },
  ]);
  return (
    <Header
      tools={
        <>
          {replay && !over ? <ReplayPace sessionId={head.id} /> : null}
          <LiveBadge status={status} replay={replay} live={live} connected={connected} silence={silence} />
          <span className="max-md:hidden">
            <Chip testId="viewers">{plural(viewers, 'viewer')}</Chip>
          </span>
          {/* Keeps its place when the session is over. */}
          <Button onClick={onStop} disabled={over || status.state === 'stopping'} className="min-w-[82px]">
            {status.state === 'stopping' ? 'Stopping' : over ? 'Stopped' : 'Stop'}
          </Button>
        </>
      }
    >
      <h1
        className="max-w-full min-w-0 truncate font-mono text-14 font-medium max-md:order-last max-md:basis-full"
        title={subject.symbol.demangled}
      >
        {subject.symbol.demangled}
      </h1>
      <span className="flex gap-2 overflow-hidden max-md:order-last max-md:basis-full">
        <Chip title={head.command ? commandLine(head.command.args) : subject.path}>{processWords(head)}</Chip>
        {language ? <Chip title={languageName(subject.language, subject.languageVersion)}>{language}</Chip> : null}
        <Chip tone={VERDICTS[plan.verdict].tone}>{shortVerdict(plan)}</Chip>
      </span>
    </Header>
  );
}

/** The view is written into the address. */
function copyLink(): void {
  void navigator.clipboard?.writeText(window.location.href);
}
