import clsx from 'clsx';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A chart's place on the instrument: title and tools over the plot's upper margin. */
export function ChartFrame({ title, tools, children, className }: Props) {
  return (
    <section data-chart className={clsx('relative', className)}>
      {children}
      <div className="pointer-events-none absolute inset-x-0 top-0 flex h-[34px] items-center justify-between gap-3 pr-[14px] pl-4">
        <h2 className="shrink-0 text-12 font-medium text-muted">{title}</h2>
        <div className="pointer-events-auto flex min-w-0 items-center gap-4 overflow-x-auto [scrollbar-width:none] *:shrink-0">
          {tools}
        </div>
      </div>
    </section>
  );
}
