'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { useCommands } from '../commands/commands.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { Button } from '../ui/Button.tsx';

/** Brought when it is asked for: nobody compares at first sight. */
const CompareDialog = dynamic(() => import('./CompareDialog.tsx').then((module) => module.CompareDialog), {
  ssr: false,
});

interface Props {
  readonly head: SessionHead;
  readonly live: LiveTimeline;
}

export function CompareButton(props: Props) {
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const open = () => {
    setWanted(true);
    setOpen(true);
  };
  useCommands([{ id: 'compare', title: 'Compare with…', keys: [], group: 'Session', run: open }]);
  return (
    <>
      <Button onClick={open} aria-haspopup="dialog" className="max-md:hidden">
        Compare
      </Button>
      {isWanted ? <CompareDialog {...props} open={isOpen} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
