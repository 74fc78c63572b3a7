import type { BinarySummary, TargetChoice } from '../../lib/protocol/gateway.ts';

interface Props {
  readonly binary: BinarySummary;
  readonly onOpen: (target: TargetChoice) => void;
}

const nameOf = (path: string) => path.split('/').at(-1) ?? path;

/** Which of the files that the process maps: the executable or one of its libraries. */
export function FileChoice({ binary, onOpen }: Props) {
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
      {buildId ? (
        <span className="shrink-0 font-mono text-faint max-lg:hidden" title={`Build ID ${buildId}`}>
          {buildId.slice(0, 12)}
        </span>
      ) : null}
    </div>
  );
}
