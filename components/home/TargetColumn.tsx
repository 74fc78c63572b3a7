'use client';

import { type RefObject, useMemo, useState } from 'react';
import type { TargetChoice } from '../../lib/protocol/gateway.ts';
import { forget, type Remembered, type RememberedTargets } from '../../lib/targets/remembered.ts';
import { Picker } from '../ui/Picker.tsx';
import { useNow } from '../ui/useNow.ts';
import { ProcessTools } from './ProcessTools.tsx';
import type { ProcessSort } from './process-order.ts';
import { placeOf, processKey, type TargetOption, targetRows } from './process-rows.ts';
import { TargetOptionRow } from './TargetOptionRow.tsx';
import { noMatch, TargetsTrouble } from './TargetsTrouble.tsx';
import { useHeld } from './useHeld.ts';
import { type Processes, useListed } from './useProcesses.ts';
import { changeRemembered } from './useRemembered.ts';

interface Props extends Processes {
  readonly target: TargetChoice | null;
  readonly commandChosen: boolean;
  readonly remembered: RememberedTargets;
  readonly demo: 'offered' | 'starting' | 'chosen';
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onOpen: (target: TargetChoice) => void;
  readonly onRemembered: (entry: Remembered, target: TargetChoice | null) => void;
  readonly onDemo: () => void;
  readonly onCommand: () => void;
}

const AGES_MS = 5000;

/** Who: a running process, a file, a target of before, or the demo. */
export function TargetColumn(props: Props) {
  const {
    processes,
    failure,
    target,
    commandChosen,
    remembered,
    demo,
    inputRef,
    onOpen,
    onRemembered,
    onDemo,
    onCommand,
  } = props;
  const [query, setQuery] = useState('');
  const [sort, setSort] = useState<ProcessSort>('cpu');
  const { held, frame } = useHeld();
  const listed = useListed(processes, sort, held);
  const now = useNow(AGES_MS);
  // Where the list cannot be had it is not still to come.
  const known = processes !== null || failure !== null;
  const rows = useMemo(
    () => targetRows({ processes: known ? listed : null, remembered, query }),
    [known, listed, remembered, query],
  );
  const choose = (option: TargetOption) => {
    if (option.kind === 'demo') onDemo();
    else if (option.kind === 'command') onCommand();
    else if (option.kind === 'path') onOpen({ pid: null, path: option.path });
    else if (option.kind === 'remembered') onRemembered(option.entry, placeOf(option.entry, listed));
    else onOpen({ pid: option.process.pid, path: null });
  };
  return (
    <Picker
      testId="targets"
      label="Process or path"
      placeholder="Process, pid or /absolute/path"
      query={query}
      onQuery={setQuery}
      rows={rows}
      selectedKey={commandChosen ? 'command' : selectedKey(target, demo)}
      onChoose={choose}
      onDelete={(option) => {
        if (option.kind === 'remembered') changeRemembered((targets) => forget(targets, option.entry.target));
      }}
      renderOption={(option) => <TargetOptionRow option={option} demo={demo} sort={sort} now={now} />}
      inputRef={inputRef}
      frame={frame}
      shortcut="/"
      bar={
        <>
          <ProcessTools sort={sort} onSort={setSort} held={held} />
          <TargetsTrouble processes={processes} failure={failure} />
        </>
      }
      empty={noMatch(query)}
    />
  );
}

/** The demo is a process as well, but it was chosen by its own row. */
function selectedKey(target: TargetChoice | null, demo: Props['demo']): string | null {
  if (demo === 'chosen') return 'demo';
  if (target === null) return null;
  return target.pid === null ? 'path' : processKey(target.pid);
}
