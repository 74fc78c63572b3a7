import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import { distinctNames } from '../../lib/binary/short-name.ts';
import { plural } from '../../lib/format/format.ts';
import { FunctionName } from '../ui/FunctionName.tsx';
import { languageOf } from './group-verdict.ts';
import type { GroupPlan } from './plan-state.ts';
import { shortVerdict, TONES, VERDICTS, type VerdictWords } from './verdict.ts';

interface Props {
  readonly group: readonly GroupPlan[];
  /** For all of them; null until all plans are there. */
  readonly verdict: VerdictWords | null;
  /** Whose card is shown below. */
  readonly shown: SymbolInfo | null;
  readonly onLook: (symbol: SymbolInfo) => void;
  readonly onUnmark: (symbol: SymbolInfo) => void;
  readonly action: ReactNode;
}

/** Several functions: one verdict for all, then each one's own. */
export function GroupCard({ group, verdict, shown, onLook, onUnmark, action }: Props) {
  const names = distinctNames(
    group.map(({ symbol }) => symbol.demangled),
    languageOf(group),
  );
  return (
    <section data-testid="group-card" aria-label="Functions to trace together" className="flex min-w-0 flex-col gap-4">
      <header>
        <p className="text-12 text-muted">{plural(group.length, 'function')}, one session each</p>
        <h2 className="mt-[2px] text-20 font-medium tracking-[-0.01em]">
          {verdict ? (
            <>
              <span className={TONES[verdict.tone]}>{verdict.strong}</span>
              {verdict.rest}
            </>
          ) : (
            <span className="text-muted">Reading their instructions</span>
          )}
        </h2>
      </header>
      <ul className="flex flex-col border-t border-line">
        {group.map((one, at) => (
          <li
            key={one.symbol.id}
            className={clsx(
              'flex h-9 items-center gap-3 border-b border-line',
              one.symbol.id === shown?.id && 'shadow-[inset_2px_0_var(--accent)]',
            )}
          >
            <button
              type="button"
              onClick={() => onLook(one.symbol)}
              title={one.symbol.demangled.slice(0, 1000)}
              className="flex h-full min-w-0 flex-1 items-center gap-3 pl-2 text-left hover:bg-hover"
            >
              <span className="flex min-w-0 flex-1 text-12">
                <FunctionName short={names[at] ?? { place: '', name: one.symbol.demangled }} />
              </span>
              <Own one={one} />
            </button>
            <button
              type="button"
              aria-label={`Leave out ${one.symbol.demangled}`}
              onClick={() => onUnmark(one.symbol)}
              className="size-7 shrink-0 text-muted hover:text-text"
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {action}
    </section>
  );
}

function Own({ one: { plan } }: { readonly one: GroupPlan }) {
  if (plan.state === 'failed') return <span className="shrink-0 text-12 text-bad">no plan</span>;
  if (plan.state !== 'planned') return <span className="shrink-0 text-12 text-faint">planning</span>;
  const { plan: report } = plan.planned;
  return <span className={clsx('shrink-0 text-12', TONES[VERDICTS[report.verdict].tone])}>{shortVerdict(report)}</span>;
}
