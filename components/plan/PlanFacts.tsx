import type { ReactNode } from 'react';
import { duration, plural } from '../../lib/format/format.ts';
import type { PlanReport, Site } from '../../lib/protocol/plan.ts';

const PAIRINGS = {
  'goroutine and stack depth': 'goroutine and stack depth',
  'thread and stack pointer': 'thread and stack pointer',
};
/** More sites than this are counted, not listed. */
const SITES_LISTED = 8;
const PIDS_LISTED = 12;

/** What will be done to the target, fact by fact. */
export function PlanFacts({ plan }: { readonly plan: PlanReport }) {
  return (
    <dl className="grid grid-cols-[104px_1fr] gap-x-3 gap-y-[7px]">
      <Fact name="Entry">{plan.entry ? <Sites sites={[plan.entry]} /> : 'none found'}</Fact>
      <Fact name="Exits">{plan.exits.length > 0 ? <Sites sites={plan.exits} /> : 'none found'}</Fact>
      <Fact name="Landings">
        {plan.landings.length > 0 ? (
          <Sites sites={plan.landings} />
        ) : (
          <Quiet>{plan.unwoundExact ? 'none needed' : 'none found'}</Quiet>
        )}
        {plan.unwoundExact ? null : <Quiet> · calls left by unwinding are counted as “at least”</Quiet>}
      </Fact>
      <Fact name="Pairing">{PAIRINGS[plan.pairing]}</Fact>
      <Fact name="Cost a call">
        {plan.costPerCall === null ? (
          <Quiet>not calibrated on this host yet</Quiet>
        ) : (
          `about ${duration(plan.costPerCall, 2)}`
        )}
      </Fact>
      <Fact name="Also affected">
        {plan.alsoAffected.length > 0 ? <Pids pids={plan.alsoAffected} /> : <Quiet>no other process</Quiet>}
      </Fact>
      <Fact name="Inlined copies">
        {plan.inlined.length > 0 ? (
          <>
            {plural(plan.inlined.length, 'copy', 'copies')} <Quiet>not counted, in</Quiet>{' '}
            <span className="font-mono text-12 break-all">
              {plan.inlined
                .slice(0, 3)
                .map(({ into }) => into)
                .join(', ')}
            </span>
            {plan.inlined.length > 3 ? <Quiet> and {plan.inlined.length - 3} more</Quiet> : null}
          </>
        ) : (
          <Quiet>none known</Quiet>
        )}
      </Fact>
      <Fact name="Returned by">
        {plan.returns} <Quiet>· return addresses are never rewritten</Quiet>
      </Fact>
    </dl>
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

function Sites({ sites }: { readonly sites: readonly Site[] }) {
  return (
    <ul className="flex flex-col gap-[2px]">
      {sites.slice(0, SITES_LISTED).map(({ path, address, place, instruction, note, cost, kind }) => (
        <li key={`${path}:${address}:${place}`}>
          <span className="font-mono text-12">
            {place} {instruction}
          </span>
          <span className="text-muted">
            {' '}
            {[note, KINDS[kind], cost === 'emulated' ? '' : 'single-stepped'].filter(Boolean).join(', ')}
          </span>
        </li>
      ))}
      {sites.length > SITES_LISTED ? <li className="text-muted">and {sites.length - SITES_LISTED} more</li> : null}
    </ul>
  );
}

/** Said only where it is not what the name of the row says. */
const KINDS: Readonly<Record<Site['kind'], string>> = {
  entry: '',
  return: '',
  'tail-call': 'tail call',
  'maybe-tail-call': 'tail call if it leaves the function',
  landing: '',
};

function Pids({ pids }: { readonly pids: readonly number[] }) {
  const more = pids.length - PIDS_LISTED;
  return (
    <>
      {pids.length === 1 ? 'pid ' : 'pids '}
      {pids.slice(0, PIDS_LISTED).join(', ')}
      <Quiet>
        {more > 0 ? ` and ${more} more` : ''} {pids.length === 1 ? 'maps' : 'map'} the same file
      </Quiet>
    </>
  );
}
