'use client';

import { useMemo, useRef, useState } from 'react';
import { useIsViewer } from '../share/useIsViewer.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Picker } from '../ui/Picker.tsx';
import type { Command } from './commands.ts';
import { Keys } from './Keys.tsx';
import { paletteRows } from './palette-rows.ts';
import { usePlaces } from './usePlaces.ts';

interface Props {
  /** Of the page below; null while the palette is closed. */
  readonly commands: readonly Command[] | null;
  readonly onRun: (command: Command) => void;
  readonly onClose: () => void;
}

/** Everything that can be done here, found by typing a few letters of it. */
export function Palette({ commands, onRun, onClose }: Props) {
  const isViewer = useIsViewer();
  return (
    <Dialog open={commands !== null} onClose={onClose} label="Commands" testId="palette" className="mt-[12dvh]">
      {isViewer ? (
        <PaletteBody commands={commands ?? []} onRun={onRun} />
      ) : (
        <PlacesAndCommands commands={commands ?? []} onRun={onRun} />
      )}
    </Dialog>
  );
}

function PlacesAndCommands({ commands, onRun }: Pick<Props, 'onRun'> & { readonly commands: readonly Command[] }) {
  return <PaletteBody commands={[...commands, ...usePlaces()]} onRun={onRun} />;
}

export function PaletteBody({ commands, onRun }: Pick<Props, 'onRun'> & { readonly commands: readonly Command[] }) {
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const rows = useMemo(() => paletteRows(commands, query), [commands, query]);
  return (
    <div className="flex h-[min(440px,70dvh)] flex-col">
      <Picker
        testId="palette-list"
        label="Command"
        placeholder="Type a command, a session or a recent target"
        query={query}
        onQuery={setQuery}
        rows={rows}
        selectedKey={null}
        onChoose={onRun}
        renderOption={(command) => <CommandRow command={command} alone={query.trim() !== ''} />}
        inputRef={input}
        empty={`Nothing here is called “${query.trim()}”.`}
      />
    </div>
  );
}

interface RowProps {
  readonly command: Command;
  /** Not below the heading of its group. */
  readonly alone: boolean;
}

function CommandRow({ command: { title, group, keys }, alone }: RowProps) {
  return (
    <div data-testid="command" className="flex h-full items-center gap-3 px-4" title={title}>
      <span className="min-w-0 flex-1 truncate">{title}</span>
      {alone ? <span className="text-11 text-faint">{group}</span> : null}
      {keys[0] ? <Keys name={keys[0]} /> : null}
    </div>
  );
}
