// Pages are not fetched ahead: a page in an incident loads what it shows, and the server is near.
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PaletteButton } from '../commands/PaletteButton.tsx';
import { useIsViewer } from '../share/useIsViewer.ts';
import { ThemeSwitch } from './ThemeSwitch.tsx';

interface Props {
  /** The section the reader is in; a session is in neither. */
  readonly at?: 'trace' | 'sessions';
  /** Left, after the name. */
  readonly children?: ReactNode;
  /** Right, before the theme switch. */
  readonly tools?: ReactNode;
}

export function Header({ at, children, tools }: Props) {
  const isViewer = useIsViewer();
  return (
    <header className="flex min-h-12 flex-wrap items-center gap-x-[14px] gap-y-2 border-b border-line px-4 py-2 lg:h-12 lg:flex-nowrap lg:py-0">
      {isViewer ? (
        <span className={NAME}>
          <Mark />
          heatprobe
        </span>
      ) : (
        <Link href="/" prefetch={false} className={NAME}>
          <Mark />
          heatprobe
        </Link>
      )}
      {at && !isViewer ? (
        <nav aria-label="Sections" className="flex gap-4">
          <Section href="/" current={at === 'trace'} name="Trace" />
          <Section href="/sessions" current={at === 'sessions'} name="Sessions" />
        </nav>
      ) : null}
      {children}
      <div className="ml-auto flex items-center justify-end gap-3 max-lg:flex-wrap max-md:gap-2 lg:shrink-0">
        {tools}
        <PaletteButton />
        <ThemeSwitch />
      </div>
    </header>
  );
}

const NAME = 'flex shrink-0 items-center gap-2 rounded-chip font-semibold';

function Mark() {
  return (
    <span
      aria-hidden="true"
      className="size-[10px] rounded-[2px] bg-[linear-gradient(180deg,#ffd98a,#e4572e_45%,#5b1a6e)]"
    />
  );
}

function Section({ href, current, name }: { readonly href: string; readonly current: boolean; readonly name: string }) {
  return (
    <Link
      prefetch={false}
      href={href}
      aria-current={current ? 'page' : undefined}
      className={current ? 'font-medium text-text' : 'text-muted hover:text-text'}
    >
      {name}
    </Link>
  );
}
