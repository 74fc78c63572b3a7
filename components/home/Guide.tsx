import type { Environment } from '../../lib/protocol/environment.ts';
import type { RecordingInfo } from '../../lib/protocol/gateway.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import type { Failure } from '../connection/answer.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { EnvironmentPanel } from './EnvironmentPanel.tsx';
import { RecentSessions } from './RecentSessions.tsx';
import { Recordings } from './Recordings.tsx';

interface Props {
  readonly environment: Environment | null;
  /** Why it is not known what works on this host; null when it is, or will be. */
  readonly failure: Failure | null;
  readonly recordings: readonly RecordingInfo[];
  readonly sessions: readonly SessionHead[];
  readonly onReplay: (name: string) => void;
}

/** The third column while no function is chosen: what will happen, or why it cannot, and what can be seen anyway. */
export function Guide({ environment, failure, recordings, sessions, onReplay }: Props) {
  const blocked = environment !== null && !environment.canTrace;
  return (
    <div className="flex flex-col gap-6">
      {failure ? <FailureNote failure={failure} /> : null}
      {blocked ? <EnvironmentPanel environment={environment} /> : <Introduction />}
      <RecentSessions sessions={sessions} />
      <Recordings recordings={recordings} onReplay={onReplay} />
    </div>
  );
}

function Introduction() {
  return (
    <section>
      <h2 className="text-20 font-medium tracking-[-0.01em]">Is it safe, what does it cost</h2>
      <p className="mt-1 text-muted">
        Choose a process, then a function. Here you will read how its calls would be measured, what each would cost, and
        the exact program, before anything is touched.
      </p>
      <dl className="mt-5 grid grid-cols-[104px_1fr] gap-x-3 gap-y-[7px] text-muted max-md:hidden">
        <Key keys="/">processes and paths</Key>
        <Key keys="f">functions</Key>
        <Key keys="↑ ↓ Enter">move, choose</Key>
        <Key keys="?">all keys</Key>
      </dl>
    </section>
  );
}

function Key({ keys, children }: { readonly keys: string; readonly children: string }) {
  return (
    <>
      <dt className="font-mono text-12">{keys}</dt>
      <dd>{children}</dd>
    </>
  );
}
