'use client';

import { type ReactNode, useId, useRef, useState } from 'react';
import { csv } from '../../lib/format/csv.ts';
import { plural } from '../../lib/format/format.ts';
import { Button } from '../ui/Button.tsx';
import { Cell, HeadCell } from '../ui/Cell.tsx';
import { VirtualTable } from '../ui/VirtualTable.tsx';

export interface DataColumn<Row> {
  readonly name: string;
  /** Numbers and times stand at the right edge. */
  readonly right?: boolean;
  /** As CSS; empty takes what is left. */
  readonly width?: string;
  readonly text: (row: Row) => string;
}

interface Props<Row> {
  /** What the chart shows: "Latency over time". */
  readonly title: string;
  readonly columns: readonly DataColumn<Row>[];
  /** The numbers as they are when the table is opened; a table that moves cannot be read. */
  readonly rows: () => readonly Row[];
  /** Said above the table: what a row is, what is left out. */
  readonly note?: ReactNode;
}

interface Numbered<Row> {
  readonly key: string;
  readonly row: Row;
}

/** A chart's numbers as a table, in a dialog: for those who do not see the chart, and for those who want the digits. */
export function DataTable<Row>({ title, columns, rows, note }: Props<Row>) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [shown, setShown] = useState<readonly Numbered<Row>[] | null>(null);
  const open = () => {
    setShown(rows().map((row, index) => ({ key: String(index), row })));
    dialog.current?.showModal();
  };
  const copy = () => {
    const lines = (shown ?? []).map(({ row }) => columns.map(({ text }) => text(row)));
    void navigator.clipboard?.writeText(csv([columns.map(({ name }) => name), ...lines]));
  };
  return (
    <>
      <button
        type="button"
        onClick={open}
        aria-haspopup="dialog"
        aria-label={`${title} as a table`}
        title="The numbers of this chart as a table"
        className="h-6 rounded-chip px-[6px] text-11 text-faint hover:text-text"
      >
        Table
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={heading}
        onClose={() => setShown(null)}
        className="m-auto h-[min(640px,90dvh)] w-[min(720px,94vw)] rounded-control border border-line bg-bg p-0 text-text backdrop:bg-bg/70"
      >
        {shown ? (
          <div className="flex h-full flex-col">
            <div className="flex items-center gap-3 border-b border-line px-4 py-2">
              <h2 id={heading} className="min-w-0 flex-1 truncate text-14 font-medium">
                {title}
              </h2>
              <Button onClick={copy}>Copy as CSV</Button>
              <Button onClick={() => dialog.current?.close()}>Close</Button>
            </div>
            <p className="border-b border-line px-4 py-[6px] text-12 text-muted">
              {plural(shown.length, 'row')} as of now. {note}
            </p>
            {shown.length === 0 ? (
              <p className="px-4 py-6 text-muted">There is nothing to list yet.</p>
            ) : (
              <VirtualTable
                label={title}
                items={shown}
                itemKey={({ key }) => key}
                rowHeight={28}
                widths={columns.map(({ width = '' }) => width)}
                rowClass="text-12 whitespace-nowrap"
                testId="data-row"
                head={
                  <tr>
                    {columns.map(({ name, right = false }) => (
                      <HeadCell key={name} right={right}>
                        {name}
                      </HeadCell>
                    ))}
                  </tr>
                }
                renderCells={({ row }) =>
                  columns.map(({ name, right = false, text }) => (
                    <Cell key={name} right={right}>
                      {text(row)}
                    </Cell>
                  ))
                }
              />
            )}
          </div>
        ) : null}
      </dialog>
    </>
  );
}
