import { Badge } from './Badge.tsx';
import { ProcessRow } from './ProcessRow.tsx';
import type { ProcessSort } from './process-order.ts';
import type { TargetOption } from './process-rows.ts';
import { RememberedRow } from './RememberedRow.tsx';

interface Props {
  readonly option: TargetOption;
  readonly demo: 'offered' | 'starting' | 'chosen';
  readonly sort: ProcessSort;
  /** Wall-clock time; 0 while it is not known. */
  readonly now: number;
}

const DEMO_WORDS = { offered: 'try it', starting: 'starting', chosen: 'running' };

/** One entry of the first column. */
export function TargetOptionRow({ option, demo, sort, now }: Props) {
  switch (option.kind) {
    case 'process':
      return <ProcessRow process={option.process} sort={sort} now={now} />;
    case 'remembered':
      return <RememberedRow {...option} />;
    case 'demo':
      return (
        <div data-testid="demo" className="flex h-full items-center gap-[10px] px-4">
          <span className="min-w-0 flex-1 truncate">Node workload with several speeds</span>
          <Badge text="C++" />
          <span className="w-14 text-right text-muted">{DEMO_WORDS[demo]}</span>
        </div>
      );
    case 'command':
      return (
        <div data-testid="command-option" className="flex h-full items-center gap-[10px] px-4">
          <span className="min-w-0 flex-1 truncate">A command, under trace from its first call</span>
          <span className="text-right text-muted">type it</span>
        </div>
      );
    case 'path':
      return (
        <div data-testid="path-option" className="flex h-full items-center gap-[10px] px-4">
          <span className="min-w-0 flex-1 truncate">
            Open <span className="font-mono text-12">{option.path}</span>
          </span>
          <span className="text-muted">in every process</span>
        </div>
      );
  }
}
