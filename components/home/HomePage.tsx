'use client';

import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import { commandLine } from '../../lib/command/parse.ts';
import type { TargetChoice } from '../../lib/protocol/gateway.ts';
import { isPinned, type Remembered, remember, togglePin } from '../../lib/targets/remembered.ts';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { useConnection } from '../connection/useConnection.ts';
import { groupObstacle, traceable } from '../plan/group-verdict.ts';
import { ConnectionNotice } from '../shell/ConnectionNotice.tsx';
import { useNarrow } from '../ui/useNarrow.ts';
import { CommandDialog } from './CommandDialog.tsx';
import { HomeView } from './HomeView.tsx';
import { whyNot } from './PlanColumn.tsx';
import { placeOf } from './process-rows.ts';
import { useHomeCommands } from './useHomeCommands.ts';
import { useMarks } from './useMarks.ts';
import { usePlan, usePlans } from './usePlan.ts';
import { processesNow, useProcesses } from './useProcesses.ts';
import { changeRemembered, useRemembered } from './useRemembered.ts';
import { entryOf, useRememberTarget } from './useRememberTarget.ts';
import { useStart } from './useStart.ts';
import { useTarget } from './useTarget.ts';
import { useWanted } from './wanted.ts';

const environmentQuestion = () => ask('environment:get', null);
const recordingsQuestion = () => ask('recordings:list', null);
const sessionsQuestion = () => ask('sessions:list', null);
const SESSIONS_MS = 5000;
const NO_COMMAND = { line: '', symbol: null };

/** Three columns, left to right: who, which function, is it safe. */
export function HomePage() {
  const connection = useConnection();
  const targetInput = useRef<HTMLInputElement>(null);
  const functionInput = useRef<HTMLInputElement>(null);
  const planColumn = useRef<HTMLElement>(null);
  const narrow = useNarrow();
  /** Where the columns are one below the other the card would come out of sight. */
  const leadOn = useRef(false);
  const { value: environment, failure: environmentFailure } = useAnswer(environmentQuestion);
  const { value: recordings } = useAnswer(recordingsQuestion);
  const { value: sessions } = useAnswer(sessionsQuestion, SESSIONS_MS);
  const processes = useProcesses();
  const target = useTarget();
  const remembered = useRemembered();
  const current = useRememberTarget(target, processes.processes);
  const [query, setQuery] = useState('');
  /** What stands in the dialog for a command at first, and the function it is opened for; null while it is closed. */
  const [typed, setTyped] = useState<{ readonly line: string; readonly symbol: string | null } | null>(null);
  const plan = usePlan(target.binary?.id ?? null, target.symbol);
  const marks = useMarks(target.binary?.id ?? null);
  const group = usePlans(target.binary?.id ?? null, marks.symbols);
  const start = useStart();

  useEffect(() => {
    if (!leadOn.current || plan.state === 'none' || plan.state === 'planning') return;
    leadOn.current = false;
    planColumn.current?.scrollIntoView({ block: 'start' });
  }, [plan.state]);

  const trace = () => {
    if (plan.state !== 'planned' || !target.binary || !target.symbol || start.starting) return;
    if (whyNot(plan.planned, environment) !== null) return;
    const { name, demangled } = target.symbol;
    if (current) changeRemembered((all) => remember(all, entryOf(current, { name, demangled })));
    start.trace({ binaryId: target.binary.id, symbolId: target.symbol.id });
  };
  const traceGroup = () => {
    if (groupObstacle(group, target.command !== null) !== null) return;
    const symbolIds = traceable(group).map(({ symbol }) => symbol.id);
    if (target.binary && symbolIds.length > 0 && !start.starting && environment?.canTrace !== false)
      start.traceGroup({ binaryId: target.binary.id, symbolIds });
  };
  // Choosing leads on to the next column; choosing the chosen function again starts.
  const open = (choice: TargetChoice, symbol: string | null = null) => {
    setQuery('');
    target.open(choice, symbol);
    functionInput.current?.focus({ preventScroll: true });
  };
  const openRemembered = ({ target: wanted, symbol }: Remembered, place: TargetChoice | null) => {
    if (wanted.kind === 'command') setTyped({ line: commandLine(wanted.args), symbol: symbol?.name ?? null });
    if (place) open(place, symbol?.name ?? null);
  };
  useWanted(async ({ entry, place }) => {
    const list = processes.processes ?? (await processesNow());
    const isThere = place !== null && (place.pid === null || list.some(({ pid }) => pid === place.pid));
    openRemembered(entry, isThere ? place : placeOf(entry, list));
  });
  const openCommand = async (args: readonly string[]) => {
    const failure = await target.openCommand(args, typed?.symbol ?? null);
    if (failure) return failure;
    setQuery('');
    // The dialog gives the focus back as it closes; here choosing leads on to the next column.
    flushSync(() => setTyped(null));
    functionInput.current?.focus({ preventScroll: true });
    return null;
  };
  const pin = () => {
    if (current) changeRemembered((all) => togglePin(all, entryOf(current, null)));
  };
  const demo = () => {
    leadOn.current = narrow;
    setQuery('');
    target.startDemo();
    functionInput.current?.focus({ preventScroll: true });
  };
  const choose = (symbol: SymbolInfo, byKeyboard: boolean) => {
    if (symbol.id !== target.symbol?.id) {
      target.chooseSymbol(symbol);
      leadOn.current = narrow;
    }
    if (symbol.id === target.symbol?.id && byKeyboard) (marks.symbols.length > 0 ? traceGroup : trace)();
  };
  useHomeCommands({
    inputs: { targets: targetInput, functions: functionInput },
    canStart: plan.state === 'planned' && whyNot(plan.planned, environment) === null,
    pinned: current ? isPinned(remembered, current) : null,
    onStart: trace,
    onDemo: demo,
    onCommand: () => setTyped(NO_COMMAND),
    onPin: pin,
  });

  return (
    <>
      <HomeView
        environment={environment}
        environmentFailure={connection === 'connected' ? environmentFailure : null}
        recordings={recordings ?? []}
        processes={connection === 'connected' ? processes : { ...processes, failure: null }}
        sessions={sessions ?? []}
        remembered={remembered}
        current={current}
        target={target}
        plan={plan}
        start={start}
        marks={marks}
        group={group}
        onStartGroup={traceGroup}
        onLook={target.chooseSymbol}
        inputs={{ targets: targetInput, functions: functionInput }}
        planColumn={planColumn}
        query={query}
        onQuery={setQuery}
        onOpen={(choice) => open(choice)}
        onRemembered={openRemembered}
        onPin={pin}
        onCommand={() => setTyped(NO_COMMAND)}
        onDemo={demo}
        onChoose={choose}
        onStart={trace}
      />
      <CommandDialog line={typed?.line ?? null} onOpen={openCommand} onClose={() => setTyped(null)} />
      <ConnectionNotice connection={connection} />
    </>
  );
}
