'use client';

import { type RefObject, useCallback, useMemo, useState } from 'react';
import type { Language, SymbolInfo } from '../../lib/binary/binary.ts';
import { count } from '../../lib/format/format.ts';
import type { BinarySummary, TargetChoice } from '../../lib/protocol/gateway.ts';
import type { Failure } from '../connection/answer.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Picker } from '../ui/Picker.tsx';
import { emptyWords } from './empty-words.ts';
import { FileChoice, type Pin } from './FileChoice.tsx';
import { SymbolOptionRow } from './SymbolOptionRow.tsx';
import { nearRows, type SymbolOption, symbolKey, symbolRows, treeRows } from './symbol-rows.ts';
import { TreeSwitch } from './TreeSwitch.tsx';
import { useGlances } from './useGlances.ts';
import type { Marks } from './useMarks.ts';
import { type Found, useSymbols } from './useSymbols.ts';
import { useToggled } from './useToggled.ts';

interface Props {
  readonly binary: BinarySummary | null;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly suggestions: readonly SymbolInfo[];
  readonly symbol: SymbolInfo | null;
  readonly marks: Marks;
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
  marks,
  inputRef,
  query,
  onQuery,
  pin,
  onOpen,
  onChoose,
}: Props) {
  const [tree, setTree] = useState(false);
  const { toggled, toggle } = useToggled(binary?.id ?? null, query);
  const order = tree ? 'tree' : 'ranked';
  const { found, failure: searchFailure } = useSymbols({ binaryId: binary?.id ?? null, query, order, toggled });
  const glances = useGlances(binary?.id ?? null);
  const language = binary?.language ?? 'unknown';
  const rows = useMemo(
    () => (found ? rowsOf(found, query === '' ? suggestions : [], language) : []),
    [found, query, suggestions, language],
  );
  const { see } = glances;
  const onSeen = useCallback(
    (options: readonly SymbolOption[]) =>
      see(options.flatMap((option) => (option.kind === 'function' ? [option.symbol.id] : []))),
    [see],
  );
  const trouble = failure ?? searchFailure;
  return (
    <>
      <Picker
        testId="functions"
        label="Function"
        placeholder={binary ? 'Function' : 'Function: choose a process first'}
        mono
        shortcut="f"
        query={query}
        onQuery={onQuery}
        rows={trouble ? [] : rows}
        selectedKey={symbol ? symbolKey(symbol) : null}
        onChoose={(option, byKeyboard) =>
          option.kind === 'branch' ? toggle(option.key) : onChoose(option.symbol, byKeyboard)
        }
        renderOption={(option) => (
          <SymbolOptionRow
            option={option}
            marked={option.kind === 'function' && marks.has(option.symbol.id)}
            marking={marks.symbols.length > 0}
            glance={option.kind === 'function' ? glances.of(option.symbol.id) : undefined}
          />
        )}
        inputRef={inputRef}
        tree={found?.order === 'tree'}
        onSeen={onSeen}
        onMark={(option) => (option.kind === 'branch' ? toggle(option.key) : marks.toggle(option.symbol))}
        isMarked={(option) => option.kind === 'function' && marks.has(option.symbol.id)}
        tools={
          <>
            {binary && found ? (
              <span data-testid="symbol-total" className="shrink-0 whitespace-nowrap text-muted">
                {query ? `${count(found.total)} of ${count(binary.functionCount)}` : count(binary.functionCount)}
              </span>
            ) : null}
            {binary ? <TreeSwitch language={language} on={tree} onChange={setTree} /> : null}
          </>
        }
        empty={trouble ? <FailureNote failure={trouble} /> : emptyWords(binary, busy, found !== null, query)}
      />
      {binary ? <FileChoice binary={binary} pin={pin} onOpen={onOpen} /> : null}
    </>
  );
}

function rowsOf(found: Found, suggestions: readonly SymbolInfo[], language: Language) {
  if (found.total === 0) return nearRows(found);
  return found.order === 'tree' ? treeRows(found, language) : symbolRows(found.matches, suggestions, language);
}
