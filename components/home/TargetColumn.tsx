'use client';

import { type RefObject, useState } from 'react';
import type { TargetChoice } from '../../lib/protocol/gateway.ts';
import { Kbd } from '../ui/Chip.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Picker } from '../ui/Picker.tsx';
import { processKey, type TargetOption, targetRows } from './process-rows.ts';
import { TargetOptionRow } from './TargetOptionRow.tsx';
import type { Processes } from './useProcesses.ts';

interface Props extends Processes {
  readonly target: TargetChoice | null;
  readonly demo: 'offered' | 'starting' | 'chosen';
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onOpen: (target: TargetChoice) => void;
  readonly onDemo: () => void;
}

/** Who: a running process, a file, or the demo. */
export function TargetColumn({ processes, failure, target, demo, inputRef, onOpen, onDemo }: Props) {
  const [query, setQuery] = useState('');
  const choose = (option: TargetOption) => {
    if (option.kind === 'demo') onDemo();
    else if (option.kind === 'path') onOpen({ pid: null, path: option.path });
    else onOpen({ pid: option.process.pid, path: null });
  };
  return (
    <Picker
      testId="targets"
      label="Process or path"
      placeholder="Process, pid or /absolute/path"
      query={query}
      onQuery={setQuery}
      rows={targetRows(processes ?? [], query, true)}
      selectedKey={selectedKey(target, demo)}
      onChoose={choose}
      renderOption={(option) => <TargetOptionRow option={option} demo={demo} />}
      inputRef={inputRef}
      tools={<Kbd>/</Kbd>}
      empty={
        failure ? (
          <FailureNote failure={failure} />
        ) : (
          `No running process matches “${query.trim()}”. An absolute path opens a file.`
        )
      }
    />
  );
}

/** The demo is a process as well, but it was chosen by its own row. */
function selectedKey(target: TargetChoice | null, demo: Props['demo']): string | null {
  if (demo === 'chosen') return 'demo';
  if (target === null) return null;
  return target.pid === null ? 'path' : processKey(target.pid);
}
