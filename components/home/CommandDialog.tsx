'use client';

import { type FormEvent, useId, useState } from 'react';
import { parseCommandLine } from '../../lib/command/parse.ts';
import type { Failure } from '../connection/answer.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { ArgumentList } from './ArgumentList.tsx';

interface Props {
  /** What stands in it at first; null while it is closed. */
  readonly line: string | null;
  /** Resolves to what is wrong, or null. */
  readonly onOpen: (args: readonly string[]) => Promise<Failure | null>;
  readonly onClose: () => void;
}

/** A command line becomes an argument list, and its program the target. Nothing is started here. */
export function CommandDialog({ line, onOpen, onClose }: Props) {
  return (
    <Dialog
      open={line !== null}
      onClose={onClose}
      label="Start a command under trace"
      testId="command-dialog"
      className="mt-[12dvh]"
    >
      <CommandForm line={line ?? ''} onOpen={onOpen} onClose={onClose} />
    </Dialog>
  );
}

export function CommandForm({ line: first, onOpen, onClose }: Props & { readonly line: string }) {
  const id = useId();
  const [line, setLine] = useState(first);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const parsed = parseCommandLine(line);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!parsed.ok || busy) return;
    setBusy(true);
    setFailure(await onOpen(parsed.args));
    setBusy(false);
  };
  return (
    <form onSubmit={submit}>
      <h2 className="px-4 pt-4 text-14 font-medium">Start a command under trace</h2>
      <p className="px-4 pt-1 text-muted">
        First choose one of its functions. It starts when the probes are in place, so that no call is missed.
      </p>
      <label className="mt-4 block border-y border-line px-4 focus-within:shadow-[inset_0_-1px_var(--accent)]">
        <span className="sr-only">Command line</span>
        <input
          value={line}
          onChange={(event) => {
            setLine(event.target.value);
            setFailure(null);
          }}
          placeholder="./client --server 10.0.0.7:7788"
          aria-describedby={`${id}-what`}
          aria-invalid={line.trim() !== '' && !parsed.ok}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="h-11 w-full bg-transparent font-mono text-12 outline-none placeholder:text-faint"
        />
      </label>
      {/* The place is kept, so that nothing jumps while one types. */}
      <div id={`${id}-what`} className="min-h-[92px] overflow-y-auto px-4 py-3" aria-live="polite">
        {failure ? <FailureNote failure={failure} /> : <What line={line} parsed={parsed} />}
      </div>
      <div className="flex items-center justify-end gap-2 border-t border-line px-4 py-3">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" primary disabled={!parsed.ok || busy} className="min-w-[152px]">
          {busy ? 'Reading its functions' : 'Choose a function'}
        </Button>
      </div>
    </form>
  );
}

function What({ line, parsed }: { readonly line: string; readonly parsed: ReturnType<typeof parseCommandLine> }) {
  if (line.trim() === '')
    return <p className="text-muted">A program and its arguments. Quotes work; no shell takes part.</p>;
  if (parsed.ok) return <ArgumentList args={parsed.args} />;
  return (
    <div data-testid="command-trouble" className="border-l-2 border-warn px-[10px]">
      <p className="text-text">{parsed.message}</p>
      <p className="mt-1 text-muted">{parsed.hint}</p>
    </div>
  );
}
