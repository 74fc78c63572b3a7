'use client';

import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { type Compared, compareAddress, WHOLE } from '../../lib/compare/address.ts';
import {
  type Baseline,
  baselineFromQuery,
  baselineToQuery,
  windowAsNow,
  windowBefore,
  windowToCompare,
} from '../../lib/compare/baseline.ts';
import { clockTime, dayTime } from '../../lib/format/format.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import type { TimeWindow } from '../../lib/view/state.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { isOver, processWords } from '../session/status.ts';
import { useView } from '../session/view.tsx';
import { runningFirst, stateOf } from '../sessions/states.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Said } from '../ui/Said.tsx';
import { readStored, writeStored } from '../ui/storage.ts';

export interface DialogProps {
  readonly head: SessionHead;
  readonly live: LiveTimeline;
  readonly open: boolean;
  readonly onClose: () => void;
}

const KEY = 'heatprobe-baseline';
const question = () => ask('sessions:list', null);

export function CompareDialog(props: DialogProps) {
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      label="Compare with"
      testId="compare-dialog"
      className="my-[10dvh]"
    >
      <Choices {...props} />
    </Dialog>
  );
}

/** What the window that is shown can be compared with. */
function Choices({ head, live, onClose }: DialogProps) {
  const { view } = useView();
  const timeline = live.current();
  const running = !isOver(head.status);
  const [baseline, setBaseline] = useState(readBaseline);
  const [said, setSaid] = useState('');
  const { value: sessions, failure } = useAnswer(question);
  const name = head.subject.symbol.demangled;
  const now = windowAsNow(view.window, timeline, running);
  const shown: Compared = { session: head.id, window: windowToCompare(view.window, timeline, running) };
  const earlier = windowBefore(now);
  const pin = () => {
    const pinned = { session: head.id, window: now, name: `${name}, ${clockWords(now, timeline)}` };
    const isKept = writeStored(KEY, new URLSearchParams(baselineToQuery(pinned)).toString());
    setBaseline(isKept ? pinned : baseline);
    setSaid(isKept ? 'Pinned as the baseline.' : 'This browser keeps nothing, so it cannot be pinned.');
  };
  const others = runningFirst(sessions ?? []).filter(({ id }) => id !== head.id);
  return (
    <div className="flex max-h-[80dvh] flex-col">
      <div className="flex items-center gap-3 border-b border-line px-4 py-2">
        <h2 className="min-w-0 flex-1 truncate text-14 font-medium">Compare what is shown with</h2>
        <Button onClick={onClose}>Close</Button>
      </div>
      <div className="min-h-0 overflow-y-auto">
        {baseline ? <Choice a={baseline} b={shown} title="The pinned baseline" text={baseline.name} /> : null}
        {earlier ? (
          <Choice
            a={{ session: head.id, window: earlier }}
            b={{ session: head.id, window: now }}
            title="The time before it"
            text={`${clockWords(earlier, timeline)}, just as long`}
          />
        ) : null}
        {others.map((other) => (
          <Choice
            key={other.id}
            a={{ session: other.id, window: WHOLE }}
            b={shown}
            title={other.subject.symbol.demangled}
            text={`${processWords(other)} · ${dayTime(other.createdAt)} · ${stateOf(other.status, other.replay).word}`}
          />
        ))}
        {failure ? (
          <div className="p-4">
            <FailureNote failure={failure} />
          </div>
        ) : null}
        {others.length === 0 && sessions ? (
          <p className="px-4 py-3 text-muted">
            There is no other session. Pin this window, and compare a later one with it.
          </p>
        ) : null}
      </div>
      <div className="flex items-center gap-4 border-t border-line px-4 py-3 text-12">
        <p className="min-w-0 flex-1 text-muted">
          {said === ''
            ? `Shown: ${clockWords(now, timeline)}. Pinned, it can be compared with any window or session.`
            : said}
        </p>
        <Button onClick={pin}>Pin as baseline</Button>
      </div>
      <Said words={said} />
    </div>
  );
}

interface ChoiceProps {
  readonly a: Compared;
  readonly b: Compared;
  readonly title: ReactNode;
  readonly text: string;
}

function Choice({ a, b, title, text }: ChoiceProps) {
  return (
    <Link
      prefetch={false}
      href={compareAddress({ a, b })}
      data-testid="compare-choice"
      className="flex min-h-11 flex-col justify-center border-b border-line px-4 py-1 hover:bg-hover"
    >
      <span className="truncate text-text">{title}</span>
      <span className="truncate text-12 text-muted">{text}</span>
    </Link>
  );
}

function readBaseline(): Baseline | null {
  const kept = new URLSearchParams(readStored(KEY) ?? '');
  return baselineFromQuery((key) => kept.get(key));
}

function clockWords(window: TimeWindow, { from, wallOffset }: Timeline): string {
  if (window.kind !== 'fixed') return 'all of it';
  const clock = (at: number) => clockTime(wallOffset + (from + at) / 1e6);
  return `${clock(window.from)} to ${clock(window.to)}`;
}
