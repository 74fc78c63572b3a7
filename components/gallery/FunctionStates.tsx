'use client';

import { type ReactNode, useRef } from 'react';
import { problem } from '../../lib/problem.ts';
import { emptyWords } from '../home/empty-words.ts';
import { SymbolOptionRow } from '../home/SymbolOptionRow.tsx';
import { nearRows, type SymbolOption, treeRows } from '../home/symbol-rows.ts';
import { CodeView } from '../plan/CodeView.tsx';
import { GroupCard } from '../plan/GroupCard.tsx';
import { NoPlan } from '../plan/NoPlan.tsx';
import type { PlanState } from '../plan/plan-state.ts';
import { VERDICTS } from '../plan/verdict.ts';
import { GroupLinks } from '../session/GroupSwitch.tsx';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Picker, type PickerRow } from '../ui/Picker.tsx';
import { BINARY, CODE, GLANCES, MEMBERS, TREE } from './function-data.ts';
import { CALL, GO, LIMITED, READ, REFUSED, SAFE } from './heads.ts';

const nothing = () => {};

interface ListProps {
  readonly query: string;
  readonly rows: readonly PickerRow<SymbolOption>[];
  readonly empty?: ReactNode;
}

function List({ query, rows, empty = '' }: ListProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex h-[300px] min-w-0 border-line md:border-r">
      <Picker
        testId="gallery-states"
        label="Function"
        placeholder="Function"
        mono
        query={query}
        onQuery={nothing}
        rows={rows}
        selectedKey={null}
        onChoose={nothing}
        tree={query === ''}
        onMark={nothing}
        isMarked={(option) => option.kind === 'function' && option.symbol.id === 2}
        renderOption={(option) => (
          <SymbolOptionRow
            option={option}
            marking
            marked={option.kind === 'function' && option.symbol.id === 2}
            glance={option.kind === 'function' ? GLANCES.get(option.symbol.id) : undefined}
          />
        )}
        inputRef={input}
        empty={empty}
      />
    </div>
  );
}

/** The list of functions when it has something to explain. */
export function FunctionStates() {
  const gone = problem('process-not-found', { pid: 4242 });
  return (
    <div className="grid md:grid-cols-2 lg:grid-cols-4">
      <List query="" rows={treeRows(TREE, 'go')} />
      <List query="Clinet.Call" rows={nearRows({ near: [CALL, READ] })} />
      <List query="qqq" rows={[]} empty={emptyWords(BINARY, false, true, 'qqq')} />
      <List
        query="none"
        rows={[]}
        empty={<FailureNote failure={problem('no-symbols', { path: '/opt/matcher/bin/matcher' })} />}
      />
      <div className="p-4">
        <NoPlan name={CALL.demangled} failure={gone} />
      </div>
    </div>
  );
}

const planned = (plan: typeof SAFE): PlanState => ({ state: 'planned', planned: { subject: GO, plan } });

/** Several functions together, and the code of one. */
export function FunctionGroups() {
  return (
    <>
      <GroupLinks sessionId="a" language="c++" members={MEMBERS} />
      <div className="grid gap-8 p-4 lg:grid-cols-2">
        <GroupCard
          group={[
            { symbol: CALL, plan: planned(SAFE) },
            { symbol: { ...READ, id: 3 }, plan: planned(LIMITED) },
            { symbol: { ...READ, id: 4, demangled: 'node::Exit(int)' }, plan: planned(REFUSED) },
          ]}
          verdict={VERDICTS.limited}
          shown={CALL}
          onLook={nothing}
          onUnmark={nothing}
          action={
            <Button primary className="self-start">
              Start 2 sessions
            </Button>
          }
        />
        <CodeView listing={CODE} plan={SAFE} />
      </div>
    </>
  );
}
