'use client';

import { useRef, useState } from 'react';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import type { TargetChoice } from '../../lib/protocol/gateway.ts';
import { type Remembered, remember, togglePin } from '../../lib/targets/remembered.ts';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { useConnection } from '../connection/useConnection.ts';
import { ConnectionNotice } from '../shell/ConnectionNotice.tsx';
import { HomeView } from './HomeView.tsx';
import { whyNot } from './PlanColumn.tsx';
import { usePlan } from './usePlan.ts';
import { useProcesses } from './useProcesses.ts';
import { changeRemembered, useRemembered } from './useRemembered.ts';
import { entryOf, useRememberTarget } from './useRememberTarget.ts';
import { useShortcuts } from './useShortcuts.ts';
import { useStart } from './useStart.ts';
import { useTarget } from './useTarget.ts';

const environmentQuestion = () => ask('environment:get', null);
const recordingsQuestion = () => ask('recordings:list', null);
const sessionsQuestion = () => ask('sessions:list', null);
const SESSIONS_MS = 5000;

/** Three columns, left to right: who, which function, is it safe. */
export function HomePage() {
  const connection = useConnection();
  const targetInput = useRef<HTMLInputElement>(null);
  const functionInput = useRef<HTMLInputElement>(null);
  useShortcuts({ targets: targetInput, functions: functionInput });
  const { value: environment } = useAnswer(environmentQuestion);
  const { value: recordings } = useAnswer(recordingsQuestion);
  const { value: sessions } = useAnswer(sessionsQuestion, SESSIONS_MS);
  const processes = useProcesses();
  const target = useTarget();
  const remembered = useRemembered();
  const current = useRememberTarget(target, processes.processes);
  const [query, setQuery] = useState('');
  const plan = usePlan(target.binary?.id ?? null, target.symbol?.id ?? null);
  const start = useStart();

  const trace = () => {
    if (plan.state !== 'planned' || !target.binary || !target.symbol || start.starting) return;
    if (whyNot(plan.planned, environment) !== null) return;
    const { name, demangled } = target.symbol;
    if (current) changeRemembered((all) => remember(all, entryOf(current, { name, demangled })));
    start.trace({ binaryId: target.binary.id, symbolId: target.symbol.id });
  };
  // Choosing leads on to the next column; choosing the chosen function again starts.
  const open = (choice: TargetChoice, symbol: string | null = null) => {
    setQuery('');
    target.open(choice, symbol);
    functionInput.current?.focus({ preventScroll: true });
  };
  const openRemembered = ({ symbol }: Remembered, place: TargetChoice | null) => {
    if (place) open(place, symbol?.name ?? null);
  };
  const pin = () => {
    if (current) changeRemembered((all) => togglePin(all, entryOf(current, null)));
  };
  const demo = () => {
    setQuery('');
    target.startDemo();
    functionInput.current?.focus({ preventScroll: true });
  };
  const choose = (symbol: SymbolInfo, byKeyboard: boolean) => {
    if (symbol.id !== target.symbol?.id) target.chooseSymbol(symbol);
    else if (byKeyboard) trace();
  };

  return (
    <>
      <HomeView
        environment={environment}
        recordings={recordings ?? []}
        processes={processes}
        sessions={sessions ?? []}
        remembered={remembered}
        current={current}
        target={target}
        plan={plan}
        start={start}
        inputs={{ targets: targetInput, functions: functionInput }}
        query={query}
        onQuery={setQuery}
        onOpen={(choice) => open(choice)}
        onRemembered={openRemembered}
        onPin={pin}
        onCommand={() => {}}
        onDemo={demo}
        onChoose={choose}
        onStart={trace}
      />
      <ConnectionNotice connection={connection} />
    </>
  );
}
