'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useIsViewer } from '../share/useIsViewer.ts';
import { Header } from './Header.tsx';

interface Props {
  readonly title: string;
  readonly text: string;
}

/** A page that has nothing to show, and says where to go. */
export function Dead({ title, text }: Props) {
  return (
    <>
      <Header at="trace" />
      <main data-status="failed">
        <Guidepost title={<h1 className="text-20 font-medium">{title}</h1>} text={text} />
      </main>
    </>
  );
}

/** What happened, and where to go from here. */
export function Guidepost({ title, text }: { readonly title: ReactNode; readonly text: string }) {
  const isViewer = useIsViewer();
  return (
    <div className="mx-auto max-w-[560px] px-4 py-24 break-words">
      {title}
      <p className="mt-2 text-muted">{text}</p>
      {isViewer ? null : (
        <p className="mt-6 flex gap-5">
          <Link href="/" className="text-accent hover:underline">
            Choose a function to trace
          </Link>
          <Link href="/sessions" className="text-accent hover:underline">
            List of sessions
          </Link>
        </p>
      )}
    </div>
  );
}
