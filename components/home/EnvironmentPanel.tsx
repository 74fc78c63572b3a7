import clsx from 'clsx';
import type { Check, Environment } from '../../lib/protocol/environment.ts';

/** Why this host cannot trace, check by check, and what to do about it. */
export function EnvironmentPanel({ environment }: { readonly environment: Environment }) {
  const failed = environment.checks.filter(({ state }) => state === 'failed');
  const others = environment.checks.filter(({ state }) => state === 'warning');
  return (
    <section data-testid="environment-panel">
      <h2 className="text-20 font-medium tracking-[-0.01em]">
        <span className="text-bad">Cannot trace</span> on this host
      </h2>
      <p className="mt-1 text-muted">
        Processes and functions can be looked at, and plans made; probes cannot be placed.
      </p>
      <ul className="mt-4 flex flex-col gap-4">
        {[...failed, ...others].map((check) => (
          <CheckItem key={check.name} check={check} />
        ))}
      </ul>
    </section>
  );
}

function CheckItem({ check: { name, state, finding, remedy } }: { readonly check: Check }) {
  return (
    <li className={clsx('border-l-2 pl-[10px] break-words', state === 'failed' ? 'border-bad' : 'border-warn')}>
      <p className="text-text">
        {name}: {finding}
      </p>
      {remedy ? <p className="mt-[2px] text-muted">{remedy}</p> : null}
    </li>
  );
}
