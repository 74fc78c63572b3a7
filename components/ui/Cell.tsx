import clsx from 'clsx';
import type { ReactNode } from 'react';

/** For what is left out where a table has little room: its column, its head and its cells. */
export const ROOMY = '@max-[880px]:hidden';

interface Props {
  readonly children?: ReactNode;
  readonly right?: boolean;
  readonly className?: string;
  readonly title?: string;
}

/** A cell of a table; the first and the last keep the page's margin. */
export function Cell({ children, right = false, className, title }: Props) {
  return (
    <td title={title} className={clsx('truncate px-[10px] first:pl-4 last:pr-4', right && 'text-right', className)}>
      {children}
    </td>
  );
}

export function HeadCell({ children, right = false, className }: Props) {
  const look = clsx(
    'px-[10px] py-[6px] font-normal first:pl-4 last:pr-4',
    right ? 'text-right' : 'text-left',
    className,
  );
  // A column without a name (bars) is no header to anybody.
  return children ? (
    <th scope="col" className={look}>
      {children}
    </th>
  ) : (
    <td className={look} />
  );
}
