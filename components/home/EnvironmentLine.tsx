import type { Environment } from '../../lib/protocol/environment.ts';

/** `prod-7 · Linux 6.18 · bpftrace 0.23 · ready`, in the header. */
export function EnvironmentLine({ environment }: { readonly environment: Environment | null }) {
  if (!environment) return null;
  const { host, kernel, bpftrace, canTrace, checks } = environment;
  const failed = checks.find(({ state }) => state === 'failed');
  return (
    <p
      data-testid="environment"
      title={failed?.finding}
      className="flex min-w-0 gap-[6px] whitespace-nowrap text-muted"
    >
      <span className="max-lg:hidden">
        {host} · {kernel} · {bpftrace ? `bpftrace ${bpftrace.replace(/^(bpftrace )?v?/, '')}` : 'no bpftrace'} ·
      </span>
      {canTrace ? <span className="text-good">ready</span> : <span className="text-bad">cannot trace</span>}
    </p>
  );
}
