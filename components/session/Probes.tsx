import clsx from 'clsx';
import type { ReactNode } from 'react';
import { address, plural } from '../../lib/format/format.ts';
import type { Loaded, SessionStatus } from '../../lib/protocol/session.ts';
import { removalIsClean, removalProof, removalWords } from './status.ts';

interface Props {
  readonly status: SessionStatus;
  /** What was loaded while it traced, also after the end; null when that was not seen. */
  readonly loaded: Loaded | null;
}

/** What is loaded in the kernel for this session, and after its end the proof that nothing is. */
export function Probes({ status, loaded }: Props) {
  const removed = removalProof(status);
  const over = status.state === 'ended' || status.state === 'failed';
  return (
    <div className="flex flex-col gap-5 px-4 py-4">
      {over ? (
        <Part title="Removed">
          <p
            data-testid="removal-proof"
            className={clsx(removed && removalIsClean(removed) ? 'text-good' : removed ? 'text-bad' : 'text-muted')}
          >
            {removed ? removalWords(removed) : 'Nothing had been loaded, or the proof could not be taken.'}
          </p>
        </Part>
      ) : null}
      {loaded ? <LoadedNow loaded={loaded} past={over} /> : null}
      {!loaded && !over ? <p className="text-muted">Nothing is loaded yet.</p> : null}
    </div>
  );
}

function LoadedNow({ loaded, past }: { readonly loaded: Loaded; readonly past: boolean }) {
  return (
    <>
      <Part title={past ? 'Was loaded by' : 'Loaded by'}>
        bpftrace, pid <span className="font-mono text-12">{loaded.bpftracePid}</span>
      </Part>
      <Part title={plural(loaded.programs.length, 'BPF program')}>
        <List>
          {loaded.programs.map(({ id, type, tag }) => (
            <li key={id} className="flex gap-x-4 whitespace-nowrap">
              <span className="min-w-16">id {id}</span>
              <span className="min-w-20">{type}</span>
              <span className="text-muted max-sm:hidden">tag</span>
              <span className="min-w-0 truncate text-muted">{tag}</span>
            </li>
          ))}
        </List>
      </Part>
      <Part title={plural(loaded.sites.length, 'probed instruction')}>
        <List>
          {loaded.sites.map(({ path, address: at, place }) => (
            <li key={`${path}:${at}`} className="flex flex-wrap gap-x-4">
              <span className="min-w-56 break-all">{place}</span>
              <span className="min-w-28">{address(at)}</span>
              <span className="break-all text-muted max-sm:basis-full">{path}</span>
            </li>
          ))}
        </List>
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="grid gap-x-3 gap-y-1 md:grid-cols-[160px_1fr]">
      <h3 className="text-muted">{title}</h3>
      <div className="min-w-0">{children}</div>
    </section>
  );
}

function List({ children }: { readonly children: ReactNode }) {
  return <ul className="flex flex-col gap-[2px] font-mono text-12">{children}</ul>;
}
