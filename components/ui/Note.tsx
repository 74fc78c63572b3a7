import clsx from 'clsx';
import type { ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  readonly tone?: 'warn' | 'bad' | 'plain';
}

const EDGES = { warn: 'border-warn', bad: 'border-bad', plain: 'border-faint' };

export function Note({ children, tone = 'warn' }: Props) {
  return <p className={clsx('border-l-2 pl-[10px] text-muted', EDGES[tone])}>{children}</p>;
}
