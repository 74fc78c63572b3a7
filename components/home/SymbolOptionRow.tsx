import clsx from 'clsx';
import { bytes, count, plural } from '../../lib/format/format.ts';
import type { Glance } from '../../lib/protocol/gateway.ts';
import { MiddleCut } from '../ui/MiddleCut.tsx';
import type { FunctionOption, SymbolOption } from './symbol-rows.ts';

interface Props {
  readonly option: SymbolOption;
  /** Undefined until the code has been looked at. */
  readonly glance?: Glance | undefined;
  readonly marked?: boolean;
  /** Where several can be marked: whether any is. */
  readonly marking?: boolean | undefined;
}

/** A step of the tree, each 16 px. */
const indent = (depth: number) => ({ paddingLeft: 16 + depth * 16 });

/** A row of the list of functions: a function, or a package or namespace that can be opened. */
export function SymbolOptionRow({ option, glance, marked = false, marking }: Props) {
  if (option.kind === 'function')
    return <FunctionRow option={option} glance={glance} marked={marked} marking={marking} />;
  return (
    <div data-testid="branch" className="flex h-full items-center gap-2 pr-4" style={indent(option.depth)}>
      <span
        aria-hidden="true"
        className={clsx('flex size-3 shrink-0 items-center justify-center text-faint', option.open && 'rotate-90')}
      >
        ›
      </span>
      <span title={option.title} className="flex min-w-0 flex-1 font-mono text-12">
        <MiddleCut text={option.title} />
      </span>
      <span className="shrink-0 text-12 text-muted">{count(option.count)}</span>
    </div>
  );
}

function FunctionRow({ option, glance, marked = false, marking }: Props & { readonly option: FunctionOption }) {
  const { symbol, text, matches, depth } = option;
  const refused = glance?.refused ?? null;
  return (
    <div
      data-testid="symbol"
      data-symbol={symbol.name}
      data-refused={refused === null ? undefined : true}
      title={symbol.demangled.slice(0, LONGEST_TITLE)}
      className="group flex h-full items-center gap-3 pr-4"
      style={indent(depth)}
    >
      {marking === undefined ? null : <Mark on={marked} seen={marking} />}
      <span
        className={clsx(
          'flex font-mono text-12',
          // The name comes before the reason: a short one is whole.
          refused === null ? 'min-w-0 flex-auto' : 'max-w-[60%] shrink-0 text-muted',
        )}
      >
        <MiddleCut text={text} matches={matches} />
      </span>
      <span
        data-testid="glance"
        title={refused === null ? undefined : `Cannot be probed: ${refused}`}
        className={clsx('min-w-0 truncate text-right text-12 text-muted', refused === null ? 'shrink-0' : 'flex-1')}
      >
        {refused === null ? exitsWords(glance) : <Refused reason={refused} />}
      </span>
      <span className="w-16 shrink-0 text-right text-12 text-muted">{bytes(symbol.size)}</span>
    </div>
  );
}

/** A tooltip with more is of no use to anybody. */
const LONGEST_TITLE = 1000;

function exitsWords(glance: Glance | undefined): string {
  if (!glance) return '';
  return glance.exits === null ? 'long' : plural(glance.exits, 'exit');
}

function Refused({ reason }: { readonly reason: string }) {
  return (
    <>
      <span className="text-warn">refused</span> {reason}
    </>
  );
}

/** The box of a marked row; of others it shows under the pointer, or as soon as there is a marked one. */
function Mark({ on, seen }: { readonly on: boolean; readonly seen: boolean }) {
  return (
    <span data-mark="" title="Trace together with others (Space)" className="-m-2 shrink-0 p-2">
      <span
        data-testid="mark"
        data-on={on}
        className={clsx(
          'flex size-[14px] items-center justify-center rounded-[3px] border text-[10px] leading-none',
          on ? 'border-accent bg-accent text-bg' : 'border-faint',
          !on && !seen && 'opacity-0 group-hover:opacity-100 max-md:opacity-100',
        )}
      >
        {on ? '✓' : ''}
      </span>
    </span>
  );
}
