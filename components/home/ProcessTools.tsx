import clsx from 'clsx';
import type { ProcessSort } from './process-order.ts';

interface Props {
  readonly sort: ProcessSort;
  readonly onSort: (sort: ProcessSort) => void;
  /** Rows keep their places for now. */
  readonly held: boolean;
}

const SORTS: readonly { readonly sort: ProcessSort; readonly name: string; readonly title: string }[] = [
  { sort: 'cpu', name: 'CPU', title: 'Busiest first: percent of one core, over the last seconds' },
  { sort: 'start', name: 'Started', title: 'Youngest first' },
];

/** In which order the processes stand. */
export function ProcessTools({ sort, onSort, held }: Props) {
  return (
    <div className="flex h-8 shrink-0 items-center gap-1 border-b border-line px-4 text-11 text-faint">
      <span className="mr-1">Sort by</span>
      <fieldset aria-label="Order of the processes" className="flex gap-1">
        {SORTS.map((choice) => (
          <button
            key={choice.sort}
            type="button"
            aria-pressed={choice.sort === sort}
            title={choice.title}
            onClick={() => onSort(choice.sort)}
            className={clsx(
              'h-6 rounded-chip px-[6px]',
              choice.sort === sort ? 'bg-hover text-text' : 'text-muted hover:text-text',
            )}
          >
            {choice.name}
          </button>
        ))}
      </fieldset>
      <span className="ml-auto" title="Rows keep their places while you are in the list; figures go on.">
        {held ? 'order held' : ''}
      </span>
    </div>
  );
}
