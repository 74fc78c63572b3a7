import type { BinarySummary, TargetChoice } from '../../lib/protocol/gateway.ts';

/** Whether the chosen target stays at the top of the first column. */
export interface Pin {
  readonly on: boolean;
  readonly toggle: () => void;
}

interface Props {
  readonly binary: BinarySummary;
  /** Null where nothing is to be remembered (the demo). */
  readonly pin: Pin | null;
  readonly onOpen: (target: TargetChoice) => void;
}

const nameOf = (path: string) => path.split('/').at(-1) ?? path;

/** Which of the files that the process maps: the executable or one of its libraries. */
export function FileChoice({ binary, pin, onOpen }: Props) {
  const { path, pid, libraries, buildId } = binary;
  const files = [...new Set([path, ...libraries])];
  return (
    <div className="flex h-10 shrink-0 items-center gap-3 border-t border-line px-4 text-12 text-muted">
      {files.length > 1 ? (
        <label className="flex min-w-0 flex-1 items-center gap-2">
          In
          <select
            value={path}
            onChange={(event) => onOpen({ pid, path: event.target.value })}
            data-testid="file-choice"
            className="h-7 max-w-[260px] min-w-0 rounded-chip border border-line bg-bg px-[6px] font-mono text-12 text-text"
          >
            {files.map((file) => (
              <option key={file} value={file}>
                {nameOf(file)}
              </option>
            ))}
          </select>
          <span className="shrink-0">{files.length} files</span>
        </label>
      ) : (
        <span className="min-w-0 flex-1 truncate font-mono" title={path}>
          {path}
        </span>
      )}
      {pin ? (
        <button
          type="button"
          aria-pressed={pin.on}
          onClick={pin.toggle}
          title={pin.on ? 'Take this target off the top of the list' : 'Keep this target at the top of the list'}
          data-testid="pin"
          className="h-6 shrink-0 rounded-chip border border-line px-[6px] text-11 text-muted hover:bg-hover hover:text-text"
        >
          {pin.on ? 'Unpin' : 'Pin'}
        </button>
      ) : null}
      {buildId ? (
        <span className="shrink-0 font-mono text-faint max-lg:hidden" title={`Build ID ${buildId}`}>
          {buildId.slice(0, 12)}
        </span>
      ) : null}
    </div>
  );
}
