'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { useCommands } from '../commands/commands.ts';
import { Button } from '../ui/Button.tsx';

/** Loaded when it is opened. */
const ShareDialog = dynamic(() => import('./ShareDialog.tsx').then((module) => module.ShareDialog), { ssr: false });

/** Opens the panel from which links of this session are made and ended. */
export function ShareButton({ head }: { readonly head: SessionHead }) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const show = () => {
    setWanted(true);
    setOpen(true);
  };
  useCommands([{ id: 'share', title: 'Share this session', keys: [], group: 'Session', run: show }]);
  return (
    <>
      <Button onClick={show} aria-haspopup="dialog" className="max-md:px-2">
        Share
      </Button>
      {wanted ? <ShareDialog open={open} head={head} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
