import type { Reach } from '../../lib/protocol/gateway.ts';
import { CopyButtons } from '../calls/CopyButtons.tsx';
import { Note } from '../ui/Note.tsx';

/** Where links can be opened, and what to do where that is not enough. */
export function ReachNote({ reach }: { readonly reach: Reach }) {
  if (reach.kind === 'this host') {
    const { tunnel } = reach;
    return (
      <div className="px-4 pb-3" data-testid="reach">
        <Note tone="plain">
          The link works on this host only, for heatprobe listens on loopback. From another machine it works after this,
          or start heatprobe with --public-url where a proxy offers it:
        </Note>
        <p className="mt-2 overflow-x-auto rounded-control border border-line bg-panel px-2 py-[6px] font-mono text-12 whitespace-nowrap">
          {tunnel}
        </p>
        <CopyButtons choices={[{ name: 'ssh line', text: () => tunnel }]} />
      </div>
    );
  }
  if (reach.encrypted) return null;
  return (
    <div className="px-4 pb-3" data-testid="reach">
      <Note>
        The connection is not encrypted: whoever can listen on the way sees the link and all that it shows. Put a proxy
        with TLS before heatprobe, and give its address with --public-url.
      </Note>
    </div>
  );
}
