'use client';

import { useCallback } from 'react';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { LinkList } from './LinkList.tsx';
import { NewLink } from './NewLink.tsx';
import { ReachNote } from './ReachNote.tsx';

interface Props {
  readonly open: boolean;
  readonly head: SessionHead;
  readonly onClose: () => void;
}

/** Links of this session: what a new one shows, and those that there are. */
export function ShareDialog({ open, head, onClose }: Props) {
  return (
    <Dialog open={open} onClose={onClose} label="Share this session" testId="share-dialog" className="mt-[8dvh]">
      <Links head={head} onClose={onClose} />
    </Dialog>
  );
}

/** Viewers come and go, and links expire. */
const REFRESH_MS = 1000;

function Links({ head, onClose }: Omit<Props, 'open'>) {
  const { id } = head;
  const question = useCallback(() => ask('shares:list', { sessionId: id }), [id]);
  const { value, failure, again } = useAnswer(question, REFRESH_MS);
  return (
    <div className="flex max-h-[86dvh] flex-col">
      <div className="min-h-0 overflow-y-auto">
        <h2 className="px-4 pt-4 text-14 font-medium">Share this session</h2>
        <p className="px-4 pt-1 text-muted">
          Whoever has the link sees it as it moves, and as it was when it has ended. They can look, and nothing else.
        </p>
        <NewLink head={head} onMade={again} />
        {value ? <ReachNote reach={value.reach} /> : null}
        {failure ? (
          <div className="px-4 pb-3">
            <FailureNote failure={failure} />
          </div>
        ) : null}
        <LinkList shares={value?.shares ?? []} onChanged={again} />
      </div>
      <div className="flex shrink-0 justify-end border-t border-line px-4 py-3">
        <Button onClick={onClose}>Close</Button>
      </div>
    </div>
  );
}
