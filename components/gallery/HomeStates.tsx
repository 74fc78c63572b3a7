'use client';

import { type ReactNode, useRef } from 'react';
import { problem } from '../../lib/problem.ts';
import { KeySheetBody } from '../commands/KeySheet.tsx';
import { PaletteBody } from '../commands/Palette.tsx';
import { noAnswer } from '../connection/answer.ts';
import { CommandForm } from '../home/CommandDialog.tsx';
import { CommandToStart } from '../home/CommandToStart.tsx';
import { EnvironmentPanel } from '../home/EnvironmentPanel.tsx';
import { TargetColumn } from '../home/TargetColumn.tsx';
import { Outcome } from '../session/Outcome.tsx';
import { SessionsView } from '../sessions/SessionsView.tsx';
import { Guidepost } from '../shell/Dead.tsx';
import { COMMAND_ENDED, COMMAND_TARGET, COMMANDS, FAILED_COMMAND } from './command-data.ts';
import { Frame } from './Frame.tsx';
import { NO_BPFTRACE, NO_PERMISSION, REMEMBERED } from './home-data.ts';

const nothing = () => {};
const noFailure = async () => null;
const TRACER_ENDED = problem('tracer-ended', {});
const NO_CHANGES = { deleted: null, onPin: nothing, onDelete: nothing, onRestore: nothing };
const UNKNOWN = problem('session-unknown', { id: 'Xk3vQ0a9' });
const EMPTY = { pinned: [], recent: [] };

/** Everything that the home page and the list of sessions say before, instead of and besides their lists. */
export function HomeStates() {
  return (
    <>
      <Frame title="Processes: reading, none visible, the tracer has ended, no answer">
        <div className="grid lg:grid-cols-4">
          <Targets processes={null} failure={null} />
          <Targets processes={[]} failure={null} />
          <Targets processes={null} failure={TRACER_ENDED} />
          <Targets processes={null} failure={noAnswer(true)} remembered />
        </div>
      </Frame>
      <Frame title="Host without bpftrace, tracer without permission">
        <div className="grid gap-8 p-4 lg:grid-cols-2">
          <EnvironmentPanel environment={NO_BPFTRACE} />
          <EnvironmentPanel environment={NO_PERMISSION} />
        </div>
      </Frame>
      <Frame title="A command: nothing typed, understood, needs a shell, chosen">
        <div className="grid gap-8 p-4 lg:grid-cols-4">
          {['', `./client --server 10.0.0.7:7788 --name 'two words' ''`, 'cat access.log | wc -l'].map((line) => (
            <Boxed key={line}>
              <CommandForm line={line} onOpen={noFailure} onClose={nothing} />
            </Boxed>
          ))}
          <CommandToStart command={COMMAND_TARGET} />
        </div>
      </Frame>
      <Frame title="A command that has ended">
        <Outcome status={{ state: 'ended', cause: COMMAND_ENDED, removed: null }} command={FAILED_COMMAND} />
      </Frame>
      <Frame title="Commands and keys">
        <div className="grid gap-8 p-4 lg:grid-cols-2">
          <Boxed>
            <PaletteBody commands={COMMANDS} onRun={nothing} />
          </Boxed>
          <Boxed>
            <KeySheetBody commands={COMMANDS} onClose={nothing} />
          </Boxed>
        </div>
      </Frame>
      <Frame title="Sessions: asked for, cannot be listed">
        <div className="grid lg:grid-cols-2">
          <SessionsView {...NO_CHANGES} lines={null} failure={null} />
          <SessionsView {...NO_CHANGES} lines={null} failure={noAnswer(false)} />
        </div>
      </Frame>
      <Frame title="A session that is not there">
        <Guidepost title={<p className="text-20 font-medium">{UNKNOWN.message}</p>} text={UNKNOWN.hint} />
      </Frame>
    </>
  );
}

interface TargetsProps extends Pick<Parameters<typeof TargetColumn>[0], 'processes' | 'failure'> {
  readonly remembered?: boolean;
}

function Targets({ processes, failure, remembered = false }: TargetsProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex h-[420px] min-w-0 flex-col border-line lg:border-r">
      <TargetColumn
        processes={processes}
        failure={failure}
        target={null}
        commandChosen={false}
        remembered={remembered ? REMEMBERED : EMPTY}
        demo="offered"
        inputRef={input}
        onOpen={nothing}
        onRemembered={nothing}
        onDemo={nothing}
        onCommand={nothing}
      />
    </div>
  );
}

function Boxed({ children }: { readonly children: ReactNode }) {
  return <div className="min-w-0 overflow-hidden rounded-control border border-line">{children}</div>;
}
