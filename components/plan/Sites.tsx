import type { Site } from '../../lib/protocol/plan.ts';
import { Disclosure } from '../ui/Disclosure.tsx';
import { siteNote } from './site-words.ts';

/** Probed instructions: place and instruction on one line, what there is to know below. */
export function Sites({ sites }: { readonly sites: readonly Site[] }) {
  const costsDiffer = new Set(sites.map(({ cost }) => cost)).size > 1;
  return (
    <ul className="flex flex-col gap-[3px]">
      {sites.map((site) => (
        <li key={`${site.path}:${site.address}:${site.place}`} className="min-w-0">
          <p
            className="flex gap-2 font-mono text-12 whitespace-nowrap"
            title={`${site.place} ${site.instruction} in ${site.path}`}
          >
            <span className="min-w-0 truncate">{site.place}</span>
            <span className="shrink-0 text-muted">{site.instruction}</span>
          </p>
          <Note text={siteNote(site, costsDiffer)} />
        </li>
      ))}
    </ul>
  );
}

interface GroupProps {
  readonly sites: readonly Site[];
  /** How many of what. */
  readonly summary: string;
  /** Names of files, each kept in one piece. */
  readonly files?: readonly string[];
  /** What they are for, said once for all. */
  readonly meaning: string;
}

/** More sites than one wants to read: counted, and listed on demand. */
export function SiteGroup({ sites, summary, files = [], meaning }: GroupProps) {
  return (
    <>
      {summary}
      {files.map((file, at) => (
        <span key={file}>
          {at === 0 ? ' · ' : ', '}
          <span className="whitespace-nowrap">{file}</span>
        </span>
      ))}
      <Note text={meaning} />
      <Disclosure summary="list them">
        <Sites sites={sites} />
      </Disclosure>
    </>
  );
}

function Note({ text }: { readonly text: string }) {
  return text ? <p className="text-12 text-muted">{text}</p> : null;
}
