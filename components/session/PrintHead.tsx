'use client';

import { dayTime } from '../../lib/format/format.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { VERDICTS } from '../plan/verdict.ts';
import { usePrinting } from '../shell/printing.ts';

/** On paper only: where the picture is from, when it was printed, and what its numbers are worth. */
export function PrintHead({ head: { subject, plan, createdAt } }: { readonly head: SessionHead }) {
  if (!usePrinting()) return null;
  const { strong, rest } = VERDICTS[plan.verdict];
  const facts: readonly (readonly [string, string])[] = [
    ['Function', subject.symbol.demangled],
    ['Program', subject.path],
    ['Begun', dayTime(createdAt)],
    ['Printed', dayTime(Date.now())],
    ['Address', window.location.href],
  ];
  return (
    <section aria-label="Report" data-testid="print-head" className="border-b border-line px-4 py-3">
      <dl className="grid grid-cols-[80px_minmax(0,1fr)] gap-x-3">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 font-medium">
        {strong}
        {rest}
      </p>
      <p>{plan.summary}</p>
      {[...plan.reasons, ...plan.warnings].map((text) => (
        <p key={text}>{text}</p>
      ))}
    </section>
  );
}
