'use client';

import { type RefObject, useMemo } from 'react';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import { count } from '../../lib/format/format.ts';
import type { BinarySummary, TargetChoice } from '../../lib/protocol/gateway.ts';
import type { Failure } from '../connection/answer.ts';
import { Kbd } from '../ui/Chip.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Picker } from '../ui/Picker.tsx';
import { FileChoice, type Pin } from './FileChoice.tsx';
import { SymbolOptionRow } from './SymbolOptionRow.tsx';
import { symbolKey, symbolRows } from './symbol-rows.ts';
import { useSymbols } from './useSymbols.ts';

interface Props {
  readonly binary: BinarySummary | null;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly suggestions: readonly SymbolInfo[];
  readonly symbol: SymbolInfo | null;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly pin: Pin | null;
  readonly onOpen: (target: TargetChoice) => void;
  readonly onChoose: (symbol: SymbolInfo, byKeyboard: boolean) => void;
}

/** Which function. */
export function FunctionColumn({
  binary,
  busy,
  failure,
  suggestions,
  symbol,
  inputRef,
  query,
  onQuery,
  pin,
  onOpen,
  onChoose,
}: Props) {
  const { search, failure: searchFailure } = useSymbols(binary?.id ?? null, query);
  const language = binary?.language ?? 'unknown';
  const rows = useMemo(
    () => symbolRows(search?.matches ?? [], query === '' ? suggestions : [], language),
    [search, query, suggestions, language],
  );
  const trouble = failure ?? searchFailure;
  return (
    <>
      <Picker
        testId="functions"
        label="Function"
        placeholder={binary ? 'Function' : 'Function: choose a process first'}
        mono
        query={query}
        onQuery={onQuery}
        rows={trouble ? [] : rows}
        selectedKey={symbol ? symbolKey(symbol) : null}
        onChoose={(option, byKeyboard) => onChoose(option.symbol, byKeyboard)}
        renderOption={(option) => <SymbolOptionRow option={option} />}
        inputRef={inputRef}
        tools={
          <>
            {binary && search ? (
              <span data-testid="symbol-total" className="shrink-0 whitespace-nowrap text-muted">
                {query ? `${count(search.total)} of ${count(binary.functionCount)}` : count(binary.functionCount)}
              </span>
            ) : null}
            <Kbd>⌘K</Kbd>
          </>
        }
        empty={trouble ? <FailureNote failure={trouble} /> : emptyWords(binary, busy, search !== null, query)}
      />
      {binary ? <FileChoice binary={binary} pin={pin} onOpen={onOpen} /> : null}
    </>
  );
}

function emptyWords(binary: BinarySummary | null, busy: boolean, answered: boolean, query: string): string {
  if (busy) return 'Reading the symbols';
  if (!binary) return 'The functions of a process appear here as soon as it is chosen.';
  if (!answered) return '';
  return query ? `No function matches “${query}”. Inlined functions have no symbol.` : 'This file names no functions.';
}
