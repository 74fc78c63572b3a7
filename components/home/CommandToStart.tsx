import type { CommandTarget } from '../../lib/protocol/gateway.ts';
import { ArgumentList } from './ArgumentList.tsx';

/** What Start will start, before it does. */
export function CommandToStart({ command: { args, user, directory } }: { readonly command: CommandTarget }) {
  return (
    <section aria-label="Command to start" data-testid="command-to-start" className="mb-1 flex flex-col gap-2">
      <ArgumentList args={args} />
      <p className="text-12 text-muted">
        Starts as {user} in <span className="font-mono break-all">{directory}</span>, once all probes are in place. Its
        children are measured as well. The session ends with it; Stop ends it with SIGTERM.
      </p>
    </section>
  );
}
