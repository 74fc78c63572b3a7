'use client';

import type { ReactNode } from 'react';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import { plural } from '../../lib/format/format.ts';
import type { Environment } from '../../lib/protocol/environment.ts';
import type { CommandTarget, FunctionChoice, Planned } from '../../lib/protocol/gateway.ts';
import type { Failure } from '../connection/answer.ts';
import { GroupCard } from '../plan/GroupCard.tsx';
import { groupObstacle, groupVerdict, traceable } from '../plan/group-verdict.ts';
import { NoPlan } from '../plan/NoPlan.tsx';
import { PlanCard } from '../plan/PlanCard.tsx';
import type { GroupPlan, PlanState } from '../plan/plan-state.ts';
import { Button } from '../ui/Button.tsx';
import { Kbd } from '../ui/Chip.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { CommandToStart } from './CommandToStart.tsx';

interface Props {
  readonly plan: PlanState;
  /** The chosen function in its binary. */
  readonly place: FunctionChoice | null;
  /** Functions that are marked to be traced together. */
  readonly group: readonly GroupPlan[];
  readonly onStartGroup: () => void;
  readonly onLook: (symbol: SymbolInfo) => void;
  readonly onUnmark: (symbol: SymbolInfo) => void;
  readonly symbol: SymbolInfo | null;
  /** The command that Start will start; null when a running process or a file is traced. */
  readonly command: CommandTarget | null;
  readonly environment: Environment | null;
  readonly starting: boolean;
  readonly startFailure: Failure | null;
  readonly onStart: () => void;
  /** Shown while no function is chosen. */
  readonly guide: ReactNode;
}

/** Is it safe, what does it cost, and the button. */
export function PlanColumn(props: Props) {
  const { group, symbol, command, environment, starting, startFailure, onStartGroup, onLook, onUnmark } = props;
  if (group.length === 0) return <OneFunction {...props} />;
  const able = traceable(group).length;
  const verdict = groupVerdict(group, command !== null);
  const obstacle = groupObstacle(group, command !== null);
  const shown = group.some((one) => one.symbol.id === symbol?.id);
  return (
    <div className="flex flex-col gap-5">
      <GroupCard
        group={group}
        verdict={verdict}
        shown={symbol}
        onLook={onLook}
        onUnmark={onUnmark}
        action={
          <div className="flex flex-col gap-2">
            {able > 0 ? (
              <Button
                primary
                data-testid="start-group"
                onClick={onStartGroup}
                disabled={starting || environment?.canTrace === false || verdict === null || obstacle !== null}
                className="self-start"
              >
                {starting ? 'Starting' : `Start ${plural(able, 'session')}`}
              </Button>
            ) : null}
            {obstacle ? (
              <p data-testid="group-obstacle" className="text-muted">
                {obstacle}
              </p>
            ) : null}
            {environment?.canTrace === false ? <p className="text-muted">{HOST_CANNOT}</p> : null}
            {startFailure ? <FailureNote failure={startFailure} /> : null}
          </div>
        }
      />
      {shown ? <OneFunction {...props} inGroup /> : null}
    </div>
  );
}

const HOST_CANNOT = 'This host cannot trace; the checks that fail are listed where no function is chosen.';

function OneFunction({
  plan,
  place,
  symbol,
  command,
  environment,
  starting,
  startFailure,
  onStart,
  guide,
  inGroup = false,
}: Props & { readonly inGroup?: boolean }) {
  if (plan.state === 'none') {
    return (
      <div className="flex flex-col gap-4">
        {startFailure ? <FailureNote failure={startFailure} /> : null}
        {guide}
      </div>
    );
  }
  if (plan.state === 'failed') return <NoPlan name={symbol?.demangled} failure={plan.failure} />;
  if (plan.state === 'planning') {
    return (
      <div aria-busy="true" data-testid="planning">
        <p className="font-mono text-12 break-all text-muted">{symbol?.demangled}</p>
        <p className="mt-[2px] text-20 font-medium tracking-[-0.01em] text-muted">Reading its instructions</p>
      </div>
    );
  }
  return (
    <PlanCard
      key={`${place?.binaryId} ${place?.symbolId}`}
      {...plan.planned}
      place={place}
      action={
        inGroup ? undefined : (
          <div className="flex flex-col gap-2">
            {command ? <CommandToStart command={command} /> : null}
            <StartButton
              planned={plan.planned}
              isCommand={command !== null}
              environment={environment}
              starting={starting}
              onStart={onStart}
            />
            {startFailure ? <FailureNote failure={startFailure} /> : null}
          </div>
        )
      }
    />
  );
}

/** Why tracing cannot be started; null when it can. */
export function whyNot({ plan }: Planned, environment: Environment | null): string | null {
  if (plan.verdict === 'refused')
    return 'Refused functions cannot be traced. Choose another one, for example one that calls it.';
  if (environment && !environment.canTrace) return HOST_CANNOT;
  return null;
}

interface StartProps extends Pick<Props, 'environment' | 'starting' | 'onStart'> {
  readonly planned: Planned;
  /** A command is started for one function only. */
  readonly isCommand: boolean;
}

function StartButton({ planned, isCommand, environment, starting, onStart }: StartProps) {
  const obstacle = whyNot(planned, environment);
  return (
    <div className="flex flex-wrap items-center gap-3">
      {/* A refusal is final: no button. What the host lacks can be mended. */}
      {planned.plan.verdict === 'refused' ? null : (
        <Button
          primary
          onClick={onStart}
          disabled={obstacle !== null || starting}
          data-testid="start"
          className="min-w-[124px]"
        >
          {starting ? 'Starting' : 'Start tracing'}
        </Button>
      )}
      {obstacle ? (
        <p className="min-w-0 flex-1 basis-48 text-muted">{obstacle}</p>
      ) : (
        <span className="flex items-center gap-2 text-12 text-faint max-md:hidden">
          <Kbd>Enter</Kbd> once more in the list starts too
        </span>
      )}
      {isCommand || obstacle ? null : (
        <p data-testid="several" className="basis-full text-12 text-muted">
          Several functions at once: mark each with the box at its row, with Shift and a click, or with Space.
        </p>
      )}
    </div>
  );
}
