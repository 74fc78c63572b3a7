'use client';

import { type ComponentType, useState } from 'react';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { useCommands } from '../commands/commands.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { Button } from '../ui/Button.tsx';
import type { DialogProps } from './CompareDialog.tsx';

interface Props {
  readonly head: SessionHead;
  readonly live: LiveTimeline;
}

/** What the window can be compared with is loaded when it is asked for. */
export function CompareButton(props: Props) {
  const [loaded, setLoaded] = useState<{ readonly Dialog: ComponentType<DialogProps> } | null>(null);
  const [isOpen, setOpen] = useState(false);
  const open = async () => {
    const { CompareDialog: Dialog } = await import('./CompareDialog.tsx');
    setLoaded({ Dialog });
    setOpen(true);
  };
  useCommands([{ id: 'compare', title: 'Compare with…', keys: [], group: 'Session', run: () => void open() }]);
  return (
    <>
      <Button onClick={open} aria-haspopup="dialog" className="max-md:hidden">
        Compare
      </Button>
      {loaded ? <loaded.Dialog {...props} open={isOpen} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
