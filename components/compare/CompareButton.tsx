'use client';

import { type ComponentType, useState } from 'react';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { useCommands } from '../commands/commands.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useIsViewer } from '../share/useIsViewer.ts';
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
  // Who has a link to this session sees no other.
  const isViewer = useIsViewer();
  useCommands(
    isViewer ? [] : [{ id: 'compare', title: 'Compare with…', keys: [], group: 'Session', run: () => void open() }],
  );
  if (isViewer) return null;
  return (
    <>
      <button
        type="button"
        onClick={open}
        aria-haspopup="dialog"
        title="Compare this window with another one, or with another session"
        className="h-6 shrink-0 rounded-chip border border-line px-2 text-11 text-text hover:bg-hover printing:hidden"
      >
        Compare
      </button>
      {loaded ? <loaded.Dialog {...props} open={isOpen} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
