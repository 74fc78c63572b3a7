'use client';

import { useId, useState } from 'react';
import { LIFETIMES, type Lifetime } from '../../lib/protocol/gateway.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { ALL_OFF, type Switches } from '../../lib/share/switches.ts';
import type { Failure } from '../connection/answer.ts';
import { ask } from '../connection/socket.ts';
import { Button } from '../ui/Button.tsx';
import { copyText } from '../ui/copy.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { switchesOf } from './words.ts';

interface Props {
  readonly head: SessionHead;
  readonly onMade: () => void;
}

/** What a new link shows and for how long; one click puts it on the clipboard. */
export function NewLink({ head, onMade }: Props) {
  const name = useId();
  const [switches, setSwitches] = useState<Switches>(ALL_OFF);
  const [lifetime, setLifetime] = useState<Lifetime>('1 day');
  const [link, setLink] = useState<{ readonly url: string; readonly copied: boolean } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const make = async () => {
    const made = await ask('share:create', { sessionId: head.id, switches, lifetime });
    setFailure(made.ok ? null : made.failure);
    if (!made.ok) return;
    // What the owner looks at now goes along.
    const url = `${made.value.url}${window.location.search}`;
    setLink({ url, copied: await copyText(url) });
    onMade();
  };
  return (
    <div className="mt-4 border-t border-line px-4 py-3">
      <fieldset>
        <legend className="float-left mb-1 w-full text-muted">What it shows</legend>
        <p className="clear-both">
          The measurement, the names of functions, the name of the program’s file, process ids. Sent as well, if you
          want:
        </p>
        <div className="mt-2 grid gap-x-6 gap-y-1 sm:grid-cols-2">
          {switchesOf(head).map(({ key, name: label }) => (
            <label key={key} className="flex min-h-7 items-center gap-2">
              <input
                type="checkbox"
                checked={switches[key]}
                onChange={({ target }) => setSwitches({ ...switches, [key]: target.checked })}
                className="size-4 accent-(--accent)"
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="mt-3">
        <legend className="float-left mb-1 w-full text-muted">It works for</legend>
        <div className="clear-both flex flex-wrap gap-x-5 gap-y-1">
          {LIFETIMES.map((choice) => (
            <label key={choice} className="flex min-h-7 items-center gap-2">
              <input
                type="radio"
                name={name}
                checked={choice === lifetime}
                onChange={() => setLifetime(choice)}
                className="size-4 accent-(--accent)"
              />
              {choice === 'until revoked' ? 'ever, until revoked' : choice}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button primary onClick={() => void make()}>
          Copy a new link
        </Button>
        <p role="status" className="min-w-0 flex-1 basis-48 text-muted">
          {link
            ? link.copied
              ? 'The link is on the clipboard.'
              : 'The browser does not allow copying: select it below.'
            : ''}
        </p>
      </div>
      {link ? (
        <input
          readOnly
          aria-label="The new link"
          data-testid="new-link"
          value={link.url}
          onFocus={({ currentTarget }) => currentTarget.select()}
          className="mt-3 h-[30px] w-full rounded-control border border-line bg-panel px-2 font-mono text-12"
        />
      ) : null}
      {failure ? (
        <div className="mt-3">
          <FailureNote failure={failure} />
        </div>
      ) : null}
    </div>
  );
}
