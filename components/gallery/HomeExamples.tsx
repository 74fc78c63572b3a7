'use client';

import { useRef } from 'react';
import { ProcessTools } from '../home/ProcessTools.tsx';
import { sorted } from '../home/process-order.ts';
import { targetRows } from '../home/process-rows.ts';
import { SymbolOptionRow } from '../home/SymbolOptionRow.tsx';
import { symbolRows } from '../home/symbol-rows.ts';
import { TargetOptionRow } from '../home/TargetOptionRow.tsx';
import { Kbd } from '../ui/Chip.tsx';
import { Picker } from '../ui/Picker.tsx';
import { MATCHES, PROCESSES, REMEMBERED } from './home-data.ts';

const nothing = () => {};

/** The first two columns of the home page. */
export function HomeExamples() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="grid h-[720px] md:grid-cols-[400px_1fr]">
      <div className="flex min-h-0 border-line md:border-r">
        <Picker
          testId="gallery-targets"
          label="Process or path"
          placeholder="Process, pid or /absolute/path"
          query=""
          onQuery={nothing}
          rows={targetRows({ processes: sorted(PROCESSES, 'cpu'), remembered: REMEMBERED, query: '' })}
          selectedKey="process-4242"
          onChoose={nothing}
          renderOption={(option) => <TargetOptionRow option={option} demo="offered" sort="cpu" now={0} />}
          inputRef={input}
          tools={<Kbd>/</Kbd>}
          bar={<ProcessTools sort="cpu" onSort={nothing} held />}
          empty=""
        />
      </div>
      <div className="flex min-h-0">
        <Picker
          testId="gallery-functions"
          label="Function"
          placeholder="Function"
          mono
          query="client call"
          onQuery={nothing}
          rows={symbolRows(MATCHES, [], 'go')}
          selectedKey="symbol-1"
          onChoose={nothing}
          renderOption={(option) => <SymbolOptionRow option={option} />}
          inputRef={input}
          tools={<span className="text-muted">4 of 6,675</span>}
          empty=""
        />
      </div>
    </div>
  );
}
