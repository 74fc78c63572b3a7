import clsx from 'clsx';
import type { ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  readonly tone?: 'plain' | 'good' | 'warn' | 'bad';
  readonly title?: string;
  readonly testId?: string;
  readonly className?: string;
}

const TONES = { plain: 'text-muted', good: 'text-good', warn: 'text-warn', bad: 'text-bad' };

export function Chip({ children, tone = 'plain', title, testId, className }: Props) {
  return (
    <span
      title={title}
      data-testid={testId}
      className={clsx(
        'shrink-0 rounded-chip border border-line px-[7px] py-px text-12 whitespace-nowrap',
        TONES[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="shrink-0 rounded-chip border border-line px-[5px] py-[2px] font-mono text-11 leading-none text-faint max-md:hidden">
      {children}
    </kbd>
  );
}
