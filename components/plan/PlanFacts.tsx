import type { ReactNode } from 'react';
import { count, plural } from '../../lib/format/format.ts';
import { type CostClass, callCost } from '../../lib/plan/cost.ts';
import type { PlanReport, Site, Subject } from '../../lib/protocol/plan.ts';
import { Disclosure } from '../ui/Disclosure.tsx';
import { languageName } from './languages.ts';
import { SiteGroup, Sites } from './Sites.tsx';
import { exitsMeaning, exitsSummary, filesOf, LANDINGS_MEANING } from './site-words.ts';

/** More than so many are counted first, and listed on demand. */
const EXITS_LISTED = 4;
const LANDINGS_LISTED = 2;
const PIDS_LISTED = 6;
const COPIES_LISTED = 3;

interface Props {
  readonly subject: Subject;
  readonly plan: PlanReport;
}

/** What will be done to the target, fact by fact. */
export function PlanFacts({ plan }: Pick<Props, 'plan'>) {
  return (
    <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 gap-y-[7px]">
      <Fact name="Entry">{plan.entry ? <Sites sites={[plan.entry]} /> : 'none found'}</Fact>
      <Fact name="Exits">
        <Exits exits={plan.exits} />
      </Fact>
      <Fact name="Cost a call">
        <Cost plan={plan} />
      </Fact>
      <Fact name="Also affected">
        <Pids pids={plan.alsoAffected} />
      </Fact>
      <Fact name="Inlined copies">
        <Copies inlined={plan.inlined} />
      </Fact>
    </dl>
  );
}

/** For those who want to know how. */
export function MoreFacts({ subject, plan }: Props) {
  const language = languageName(subject.language, subject.languageVersion);
  return (
    <details>
      <summary className="text-muted select-none hover:text-text">How calls are paired and counted</summary>
      <dl className="mt-2 grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 gap-y-[7px]">
        <Fact name="Pairing">{plan.pairing}</Fact>
        <Fact name="Landings">
          <Landings landings={plan.landings} exact={plan.unwoundExact} />
        </Fact>
        <Fact name="Returns">
          seen at {plan.returns} <Quiet>· return addresses are never rewritten</Quiet>
        </Fact>
        {language ? <Fact name="Compiled from">{language}</Fact> : null}
      </dl>
    </details>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Quiet({ children }: { readonly children: ReactNode }) {
  return <span className="text-muted">{children}</span>;
}

function Exits({ exits }: { readonly exits: readonly Site[] }) {
  if (exits.length === 0) return 'none found';
  if (exits.length <= EXITS_LISTED) return <Sites sites={exits} />;
  return <SiteGroup sites={exits} summary={exitsSummary(exits)} meaning={exitsMeaning(exits)} />;
}

function Landings({ landings, exact }: { readonly landings: readonly Site[]; readonly exact: boolean }) {
  if (landings.length > LANDINGS_LISTED)
    return (
      <SiteGroup
        sites={landings}
        summary={plural(landings.length, 'landing')}
        files={filesOf(landings)}
        meaning={LANDINGS_MEANING}
      />
    );
  return (
    <>
      {landings.length > 0 ? <Sites sites={landings} /> : <Quiet>{exact ? 'none needed' : 'none found'}</Quiet>}
      {exact ? null : <Quiet> · calls left by unwinding are counted as “at least”</Quiet>}
    </>
  );
}

const CLASSES: Readonly<Record<CostClass, string>> = {
  light: 'Light',
  moderate: 'Moderate',
  heavy: 'Heavy',
};

/** In a word, in nanoseconds, and why. What was measured here goes before what is usual. */
function Cost({ plan }: Pick<Props, 'plan'>) {
  const cost = callCost(plan);
  if (!cost) return <Quiet>not known</Quiet>;
  const { entry, exit, metal, virtual } = cost;
  const usual = `about ${count(metal)} ns on bare metal, up to ${count(virtual)} ns in a virtual machine`;
  const why = entry === exit ? `entry and exit are ${entry}` : `entry ${entry}, exit ${exit}`;
  return (
    <>
      {CLASSES[cost.class]}
      {plan.costPerCall === null ? <> · {usual}</> : ` · about ${count(plan.costPerCall)} ns, measured on this host`}
      <p className="text-12 text-muted">
        {why}
        {plan.costPerCall === null ? '' : `; usual: ${usual}`}
      </p>
    </>
  );
}

function Pids({ pids }: { readonly pids: readonly number[] }) {
  if (pids.length === 0) return <Quiet>no other process</Quiet>;
  if (pids.length > PIDS_LISTED) {
    return (
      <>
        {plural(pids.length, 'process', 'processes')} <Quiet>map the same file</Quiet>
        <Disclosure summary="list them">pids {pids.join(', ')}</Disclosure>
      </>
    );
  }
  return (
    <>
      {pids.length === 1 ? 'pid' : 'pids'} {pids.join(', ')}{' '}
      <Quiet>{pids.length === 1 ? 'maps' : 'map'} the same file</Quiet>
    </>
  );
}

function Copies({ inlined }: Pick<PlanReport, 'inlined'>) {
  if (inlined.length === 0) return <Quiet>none known</Quiet>;
  const names = inlined.map(({ into }) => into);
  return (
    <>
      {plural(inlined.length, 'copy', 'copies')} <Quiet>not counted, in</Quiet>{' '}
      <span className="font-mono text-12 break-all">{names.slice(0, COPIES_LISTED).join(', ')}</span>
      {names.length > COPIES_LISTED ? (
        <Disclosure summary={`and ${names.length - COPIES_LISTED} more`}>
          <span className="font-mono text-12 break-all">{names.slice(COPIES_LISTED).join(', ')}</span>
        </Disclosure>
      ) : null}
    </>
  );
}
