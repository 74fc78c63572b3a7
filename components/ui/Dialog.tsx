'use client';

import clsx from 'clsx';
import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  /** Its name for those who do not see it. */
  readonly label: string;
  /** Where it stands and how large it is. */
  readonly className?: string;
  readonly testId: string;
  readonly children: ReactNode;
}

/** A modal dialog of the browser: Escape and a click beside it close it, and the focus goes back where it was. */
export function Dialog({ open, onClose, label, className, testId, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next paint: who closes it may then send the focus on.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || element.open === open) return;
    if (open) element.showModal();
    else element.close();
  }, [open]);
  return (
    // Escape closes it without a pointer; the click beside it is one more way.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <dialog
      ref={dialog}
      aria-label={label}
      data-testid={testId}
      // The browser tells of a close a moment later, when the dialog may be open again.
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={() => {
        if (!dialog.current?.open) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      className={clsx(
        'mx-auto max-h-[86dvh] w-[min(640px,94vw)] overflow-hidden rounded-control border border-line bg-bg p-0 text-text backdrop:bg-bg/70',
        className,
      )}
    >
      {open ? children : null}
    </dialog>
  );
}
