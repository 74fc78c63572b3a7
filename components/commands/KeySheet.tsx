'use client';

import { Fragment } from 'react';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import type { Command } from './commands.ts';
import { Keys } from './Keys.tsx';
import { grouped } from './palette-rows.ts';
import { setCharacterKeys, useCharacterKeys } from './useCharacterKeys.ts';

interface Props {
  /** Null while the sheet is closed. */
  readonly commands: readonly Command[] | null;
  readonly onClose: () => void;
}

/** All keys of the page, by group. */
export function KeySheet({ commands, onClose }: Props) {
  return (
    <Dialog open={commands !== null} onClose={onClose} label="Keys" testId="key-sheet" className="mt-[8dvh]">
      <KeySheetBody commands={commands ?? []} onClose={onClose} />
    </Dialog>
  );
}

export function KeySheetBody({
  commands,
  onClose,
}: Pick<Props, 'onClose'> & { readonly commands: readonly Command[] }) {
  const on = useCharacterKeys();
  const groups = grouped(commands.filter(({ keys }) => keys.length > 0));
  return (
    <div className="flex max-h-[82dvh] flex-col">
      <div className="flex items-center border-b border-line px-4 py-2">
        <h2 className="flex-1 text-14 font-medium">Keys</h2>
        <Button onClick={onClose}>Close</Button>
      </div>
      <div className="grid min-h-0 gap-x-8 gap-y-4 overflow-y-auto px-4 py-4 md:grid-cols-2">
        {groups.map(({ group, members }) => (
          <section key={group} aria-label={group}>
            <h3 className="text-11 text-faint">{group}</h3>
            <dl className="mt-1">
              {members.map(({ id, title, keys }) => (
                <div key={id} className="flex min-h-7 items-center gap-3 border-b border-line/55 py-1">
                  <dt className="min-w-0 flex-1">{title}</dt>
                  <dd className="flex items-center gap-2">
                    {keys.map((key, index) => (
                      <Fragment key={key}>
                        {index > 0 ? <span className="text-11 text-faint">or</span> : null}
                        <Keys name={key} />
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section aria-label="In lists">
          <h3 className="text-11 text-faint">In lists</h3>
          <p className="mt-1 text-muted">
            Type to search, arrows move, Enter chooses, Esc leaves the search. Space on a function, or Shift and a
            click, marks it to be traced together with others. Delete forgets a recent target.
          </p>
        </section>
        <section aria-label="In charts">
          <h3 className="text-11 text-faint">In charts, once one has the focus</h3>
          <p className="mt-1 text-muted">
            w and s zoom, a and d move, 0 shows everything. Arrows move the crosshair, with Shift they draw a selection,
            with Ctrl they move it. In the timeline . and , go to the next and the previous call of a lane, f zooms to
            it. Ctrl and the wheel zoom anywhere.
          </p>
        </section>
      </div>
      <label className="flex items-center gap-2 border-t border-line px-4 py-3 text-muted">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => setCharacterKeys(event.target.checked)}
          className="accent-accent"
        />
        Single characters are shortcuts (off: for voice control, or against slips)
      </label>
    </div>
  );
}
