import clsx from 'clsx';
import type { ComponentProps } from 'react';

interface Props extends ComponentProps<'button'> {
  readonly primary?: boolean;
}

export function Button({ primary = false, className, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={clsx(
        'shrink-0 rounded-control border whitespace-nowrap disabled:cursor-not-allowed',
        primary ? 'h-9 px-[18px] font-medium' : 'h-[30px] px-3',
        primary ? 'border-text bg-text text-bg hover:opacity-90' : 'border-line text-text hover:bg-hover',
        'disabled:border-line disabled:bg-hover disabled:text-faint disabled:opacity-100',
        className,
      )}
    />
  );
}
