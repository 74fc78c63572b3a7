import clsx from 'clsx';
import type { ReactNode, RefObject } from 'react';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import type { Environment } from '../../lib/protocol/environment.ts';
import type { RecordingInfo, TargetChoice } from '../../lib/protocol/gateway.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import {
  isPinned,
  type Remembered,
  type RememberedTarget,
  type RememberedTargets,
} from '../../lib/targets/remembered.ts';
import type { Failure } from '../connection/answer.ts';
import type { GroupPlan, PlanState } from '../plan/plan-state.ts';
import { Header } from '../shell/Header.tsx';
import { Button } from '../ui/Button.tsx';
import { EnvironmentLine } from './EnvironmentLine.tsx';
import { FunctionColumn } from './FunctionColumn.tsx';
import { Guide } from './Guide.tsx';
import { PlanColumn } from './PlanColumn.tsx';
import { TargetColumn } from './TargetColumn.tsx';
import type { Marks } from './useMarks.ts';
import type { Processes } from './useProcesses.ts';
import type { Start } from './useStart.ts';
import type { Target } from './useTarget.ts';

interface Props {
  readonly environment: Environment | null;
  readonly environmentFailure: Failure | null;
  readonly recordings: readonly RecordingInfo[];
  readonly processes: Processes;
  readonly sessions: readonly SessionHead[];
  readonly remembered: RememberedTargets;
  /** The chosen target, as it would be remembered; null for none and for the demo. */
  readonly current: RememberedTarget | null;
  readonly target: Target;
  readonly plan: PlanState;
  readonly start: Start;
  readonly marks: Marks;
  /** The marked functions, each with its plan; empty while none is marked. */
  readonly group: readonly GroupPlan[];
  readonly onStartGroup: () => void;
  readonly onLook: (symbol: SymbolInfo) => void;
  readonly inputs: Readonly<Record<'targets' | 'functions', RefObject<HTMLInputElement | null>>>;
  /** Scrolled into sight on a phone when a function is chosen. */
  readonly planColumn?: RefObject<HTMLElement | null>;
  /** What is searched for among the functions. */
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onOpen: (target: TargetChoice) => void;
  readonly onRemembered: (entry: Remembered, target: TargetChoice | null) => void;
  readonly onPin: () => void;
  readonly onCommand: () => void;
  readonly onDemo: () => void;
  readonly onChoose: (symbol: SymbolInfo, byKeyboard: boolean) => void;
  readonly onStart: () => void;
}

export function HomeView({
  environment,
  environmentFailure,
  recordings,
  processes,
  sessions,
  remembered,
  current,
  target,
  plan,
  start,
  marks,
  group,
  onStartGroup,
  onLook,
  inputs,
  planColumn,
  query,
  onQuery,
  onOpen,
  onRemembered,
  onPin,
  onCommand,
  onDemo,
  onChoose,
  onStart,
}: Props) {
  const blocked = environment?.canTrace === false && plan.state === 'none';
  const pin = current ? { on: isPinned(remembered, current), toggle: onPin } : null;
  return (
    <div className="flex flex-col md:h-dvh">
      <Header
        at="trace"
        tools={
          <>
            <EnvironmentLine environment={environment} />
            <Button onClick={onCommand} aria-haspopup="dialog" className="max-md:hidden">
              Start a command under trace
            </Button>
          </>
        }
      />
      <main
        data-status={statusOf(target, plan)}
        className="flex min-h-0 flex-1 flex-col md:grid md:grid-cols-[minmax(260px,400px)_minmax(0,1fr)_minmax(300px,420px)]"
      >
        <h1 className="sr-only">Choose a function to trace</h1>
        <Column label="Process" className="max-md:h-[420px] md:border-r">
          <TargetColumn
            {...processes}
            target={target.target}
            commandChosen={target.command !== null}
            remembered={remembered}
            demo={demoState(target)}
            inputRef={inputs.targets}
            onOpen={onOpen}
            onRemembered={onRemembered}
            onDemo={onDemo}
            onCommand={onCommand}
          />
        </Column>
        <Column label="Function" className="border-t max-md:max-h-[340px] md:border-t-0 md:border-r">
          <FunctionColumn
            binary={target.binary}
            busy={target.busy}
            failure={target.failure}
            suggestions={target.suggestions}
            symbol={target.symbol}
            marks={marks}
            inputRef={inputs.functions}
            query={query}
            onQuery={onQuery}
            pin={pin}
            onOpen={onOpen}
            onChoose={onChoose}
          />
        </Column>
        <Column
          label="Safety and cost"
          place={planColumn}
          // Where nothing can be traced a phone says so before it lists what could have been.
          className={clsx(
            'md:overflow-y-auto',
            blocked ? 'max-md:order-first max-md:border-b' : 'border-t md:border-t-0',
          )}
        >
          <div className="px-5 py-[18px] max-md:px-4">
            <PlanColumn
              plan={plan}
              place={target.binary && target.symbol ? { binaryId: target.binary.id, symbolId: target.symbol.id } : null}
              group={group}
              onStartGroup={onStartGroup}
              onLook={onLook}
              onUnmark={marks.toggle}
              symbol={target.symbol}
              command={target.command}
              environment={environment}
              starting={start.starting}
              startFailure={start.failure}
              onStart={onStart}
              guide={
                <Guide
                  environment={environment}
                  failure={environmentFailure}
                  recordings={recordings}
                  sessions={sessions}
                  onReplay={start.replay}
                />
              }
            />
          </div>
        </Column>
      </main>
    </div>
  );
}

function Column({
  label,
  place,
  className,
  children,
}: {
  readonly label: string;
  readonly place?: RefObject<HTMLElement | null> | undefined;
  readonly className: string;
  readonly children: ReactNode;
}) {
  return (
    <section ref={place} aria-label={label} className={`flex min-h-0 min-w-0 flex-col border-line ${className}`}>
      {children}
    </section>
  );
}

function statusOf(target: Target, plan: PlanState): 'idle' | 'planning' | 'failed' {
  if (target.failure || plan.state === 'failed') return 'failed';
  return target.busy || plan.state === 'planning' ? 'planning' : 'idle';
}

/** Only the demo comes with suggestions. */
function demoState({ target, busy, suggestions }: Target): 'offered' | 'starting' | 'chosen' {
  if (busy && target === null) return 'starting';
  return suggestions.length > 0 ? 'chosen' : 'offered';
}
