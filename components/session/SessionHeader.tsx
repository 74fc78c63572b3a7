import clsx from 'clsx';
import { type ShortName, shortName } from '../../lib/binary/short-name.ts';
import { commandLine } from '../../lib/command/parse.ts';
import { plural } from '../../lib/format/format.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { useCommands } from '../commands/commands.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import type { ConnectionState } from '../connection/socket.ts';
import { ExportButton } from '../export/ExportButton.tsx';
import { languageBadge, languageName } from '../plan/languages.ts';
import { shortVerdict, VERDICTS } from '../plan/verdict.ts';
import { ShareButton } from '../share/ShareButton.tsx';
import { useIsViewer } from '../share/useIsViewer.ts';
import { Header } from '../shell/Header.tsx';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { FunctionName } from '../ui/FunctionName.tsx';
import { LiveBadge } from './LiveBadge.tsx';
import { ReplayPace } from './ReplayPace.tsx';
import { isOver, processWords } from './status.ts';
import { useTraceAgain } from './useTraceAgain.ts';

interface Props {
  readonly head: SessionHead;
  readonly live: LiveTimeline;
  readonly connection: ConnectionState;
  /** How long ticks have been missing; null while they come. Milliseconds. */
  readonly silence: number | null;
  readonly onStop: () => void;
}

/** Which function of which process, how it is measured, and how fresh the picture is. */
export function SessionHeader({ head, live, connection, silence, onStop }: Props) {
  const { subject, plan, status, replay, viewers } = head;
  const language = languageBadge(subject.language, subject.languageVersion);
  const over = isOver(status);
  const isViewer = useIsViewer();
  const traceAgain = useTraceAgain(head);
  const again = over && !replay && !isViewer;
  // What nobody hears cannot be asked for.
  const canStop = !isViewer && !over && status.state !== 'stopping' && connection === 'connected';
  useCommands([
    {
      id: 'stop',
      title: replay ? 'Stop the replay' : 'Stop tracing',
      keys: [],
      group: 'Session',
      run: onStop,
      disabled: !canStop,
    },
    {
      id: 'trace-again',
      title: 'Trace the same function again',
      keys: [],
      group: 'Session',
      run: traceAgain,
      disabled: !again,
    },
    {
      id: 'copy-link',
      title: 'Copy the address of this view',
      keys: [],
      group: 'Session',
      run: copyLink,
      disabled: isViewer,
    },
  ]);
  return (
    <Header
      tools={
        <>
          {replay && !over && !isViewer ? <ReplayPace sessionId={head.id} /> : null}
          <LiveBadge status={status} replay={replay} live={live} connection={connection} silence={silence} />
          <span className="max-md:hidden lg:max-xl:hidden">
            <Chip testId="viewers">{plural(viewers, 'viewer')}</Chip>
          </span>
          {/* Beside the pace of a replay there is no room for it before that; the palette has its commands. */}
          <span className={clsx('contents', replay && !over && 'max-xl:hidden')}>
            <ExportButton head={head} live={live} />
          </span>
          {isViewer ? null : <ShareButton head={head} />}
          {isViewer ? (
            <span data-testid="role" className="text-12 text-muted">
              You are looking{over ? '' : <span className="max-xl:hidden">; only the owner can stop it</span>}
            </span>
          ) : again ? (
            <Button onClick={traceAgain} title="The same function of the same target" className={STOP_WIDTH}>
              Trace again
            </Button>
          ) : (
            <Button onClick={onStop} disabled={!canStop} className={STOP_WIDTH}>
              {status.state === 'stopping' ? 'Stopping' : over ? 'Stopped' : 'Stop'}
            </Button>
          )}
        </>
      }
    >
      <h1
        data-testid="function-name"
        className="flex max-w-full min-w-0 text-14 font-medium max-lg:order-last max-lg:basis-full"
        title={subject.symbol.demangled.slice(0, LONGEST_TITLE)}
      >
        {/* Whole for whoever hears it or finds it in the page; shortened for the line. */}
        <span className="sr-only">{subject.symbol.demangled}</span>
        <span aria-hidden="true" className="flex min-w-0">
          <FunctionName short={nameForLine(subject)} />
        </span>
      </h1>
      <span className="flex shrink-0 gap-2 overflow-hidden max-lg:order-last max-lg:basis-full">
        <Chip title={head.command ? commandLine(head.command.args) : subject.path} className="max-w-60 truncate">
          {processWords(head)}
        </Chip>
        {language ? (
          <Chip title={languageName(subject.language, subject.languageVersion)} className="lg:max-xl:hidden">
            {language}
          </Chip>
        ) : null}
        <Chip tone={VERDICTS[plan.verdict].tone}>{shortVerdict(plan)}</Chip>
      </span>
    </Header>
  );
}

/** What is in its place keeps it when the session is over. */
const STOP_WIDTH = 'min-w-[72px] max-md:px-2 md:min-w-[100px]';

/** A tooltip with more is of no use to anybody. */
const LONGEST_TITLE = 1000;
/** Names up to this length have room as they are. */
const FITS = 56;

function nameForLine({ symbol, language }: SessionHead['subject']): ShortName {
  const name = symbol.demangled;
  return name.length <= FITS ? { place: '', name } : shortName(name, language);
}

/** The view is written into the address. */
function copyLink(): void {
  void navigator.clipboard?.writeText(window.location.href);
}
