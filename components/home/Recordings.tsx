import type { RecordingInfo } from '../../lib/protocol/gateway.ts';

interface Props {
  readonly recordings: readonly RecordingInfo[];
  readonly onReplay: (name: string) => void;
}

/** Recorded traces, which can be watched on any host. */
export function Recordings({ recordings, onReplay }: Props) {
  if (recordings.length === 0) return null;
  return (
    <section data-testid="recordings">
      <h2 className="text-11 text-faint">Recordings of real traces, to watch without any probe</h2>
      <ul className="mt-2 border-t border-line">
        {recordings.map(({ name, title, description }) => (
          <li key={name} className="border-b border-line">
            <button
              type="button"
              onClick={() => onReplay(name)}
              data-testid="recording"
              className="group flex w-full items-start gap-3 py-[9px] text-left"
            >
              <span className="min-w-0 flex-1">
                <span className="block text-text">{title}</span>
                <span className="block text-12 text-muted">{description}</span>
              </span>
              <span className="text-muted group-hover:text-text">replay</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
