import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { PlanPlace } from '../../lib/protocol/gateway.ts';
import type { PlanReport, Subject } from '../../lib/protocol/plan.ts';
import { Note } from '../ui/Note.tsx';
import { ByHand } from './ByHand.tsx';
import { Disassembly } from './Disassembly.tsx';
import { MoreFacts, PlanFacts } from './PlanFacts.tsx';
import { Program } from './Program.tsx';
import { shownProgram } from './shown-program.ts';
import { TONES, VERDICTS } from './verdict.ts';

interface Props {
  readonly subject: Subject;
  readonly plan: PlanReport;
  /** The button that follows from the verdict, or why there is none. */
  readonly action?: ReactNode;
  readonly programOpen?: boolean;
  /** Where the code and the script can be asked for; absent where the program is not here (a recording). */
  readonly place?: PlanPlace | null;
}

/** The safety and cost card: verdict in words, why, facts, things to know, the program. */
export function PlanCard({ subject, plan, action, programOpen = false, place = null }: Props) {
  const { strong, rest, tone } = VERDICTS[plan.verdict];
  // A summary that is one of the reasons as a whole sentence has said it.
  const reasons = plan.reasons.filter((reason) => !plan.summary.includes(reason.replace(/\.$/, '')));
  return (
    <article data-testid="plan-card" data-verdict={plan.verdict} className="flex min-w-0 flex-col gap-4">
      <header>
        <p className="font-mono text-12 break-all text-muted">{subject.symbol.demangled}</p>
        <h2 className="mt-[2px] text-20 font-medium tracking-[-0.01em]">
          <span className={TONES[tone]}>{strong}</span>
          {rest}
        </h2>
        <p className="mt-1 text-muted">{plan.summary}</p>
      </header>
      {reasons.length > 0 ? (
        <ul className="flex flex-col gap-2" aria-label={plan.verdict === 'refused' ? 'Why it is refused' : 'Limits'}>
          {reasons.map((reason) => (
            <li
              key={reason}
              className={clsx(
                'border-l-2 pl-[10px] text-text',
                plan.verdict === 'refused' ? 'border-bad' : 'border-warn',
              )}
            >
              {sentence(reason)}
            </li>
          ))}
        </ul>
      ) : null}
      {action}
      {plan.entry ? <PlanFacts plan={plan} /> : null}
      {plan.warnings.map((warning) => (
        <Note key={warning} tone="plain">
          {warning}
        </Note>
      ))}
      <div className="flex flex-col gap-2">
        {plan.entry ? <MoreFacts subject={subject} plan={plan} /> : null}
        {place ? <Disassembly place={place} plan={plan} /> : null}
        {plan.program ? <Program text={shownProgram(plan.program)} open={programOpen} /> : null}
        {place && plan.program ? <ByHand place={place} /> : null}
      </div>
    </article>
  );
}

/** Reasons come as clauses; alone on a line each is a sentence. */
function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
