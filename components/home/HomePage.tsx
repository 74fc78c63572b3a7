'use client';

import { useRef, useState } from 'react';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import type { TargetChoice } from '../../lib/protocol/gateway.ts';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { useConnection } from '../connection/useConnection.ts';
import { ConnectionNotice } from '../shell/ConnectionNotice.tsx';
import { HomeView } from './HomeView.tsx';
import { whyNot } from './PlanColumn.tsx';
import { usePlan } from './usePlan.ts';
import { useProcesses } from './useProcesses.ts';
import { useShortcuts } from './useShortcuts.ts';
import { useStart } from './useStart.ts';
import { useTarget } from './useTarget.ts';

const environmentQuestion = () => ask('environment:get', null);
const recordingsQuestion = () => ask('recordings:list', null);

/** Three columns, left to right: who, which function, is it safe. */
export function HomePage() {
  const connection = useConnection();
  const targetInput = useRef<HTMLInputElement>(null);
  const functionInput = useRef<HTMLInputElement>(null);
  useShortcuts({ targets: targetInput, functions: functionInput });
  const { value: environment } = useAnswer(environmentQuestion);
  const { value: recordings } = useAnswer(recordingsQuestion);
  const processes = useProcesses();
  const target = useTarget();
  const [query, setQuery] = useState('');
  const plan = usePlan(target.binary?.id ?? null, target.symbol?.id ?? null);
  const start = useStart();

  const trace = () => {
    if (plan.state !== 'planned' || !target.binary || !target.symbol || start.starting) return;
    if (whyNot(plan.planned, environment) === null)
      start.trace({ binaryId: target.binary.id, symbolId: target.symbol.id });
  };
  // Choosing leads on to the next column; choosing the chosen function again starts.
  const open = (choice: TargetChoice) => {
    setQuery('');
    target.open(choice);
    functionInput.current?.focus({ preventScroll: true });
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
        target={target}
        plan={plan}
        start={start}
        inputs={{ targets: targetInput, functions: functionInput }}
        query={query}
        onQuery={setQuery}
        onOpen={open}
        onDemo={demo}
        onChoose={choose}
        onStart={trace}
      />
      <ConnectionNotice connection={connection} />
    </>
  );
}
