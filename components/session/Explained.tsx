'use client';

import { type ReactNode, useId, useState } from 'react';

interface Props {
  readonly text: string;
  readonly children: ReactNode;
}

interface Place {
  readonly left: number;
  readonly top: number;
}

const WIDTH = 260;
const GAP = 4;

/** A word that is explained while it has the pointer or the focus. Over the page, so that nothing moves and no box cuts it. */
export function Explained({ text, children }: Props) {
  const id = useId();
  const [place, setPlace] = useState<Place | null>(null);
  const show = (element: Element) => {
    const { left, bottom } = element.getBoundingClientRect();
    setPlace({ left: Math.max(GAP, Math.min(left, window.innerWidth - WIDTH - GAP)), top: bottom + GAP });
  };
  const hide = () => setPlace(null);
  return (
    <>
      <button
        type="button"
        data-paper="yes"
        aria-describedby={place ? id : undefined}
        onPointerEnter={(event) => show(event.currentTarget)}
        onPointerLeave={hide}
        onFocus={(event) => show(event.currentTarget)}
        onBlur={hide}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && place) {
            event.stopPropagation();
            hide();
          }
        }}
        className="cursor-help rounded-chip"
      >
        {children}
      </button>
      {place ? (
        <span
          id={id}
          role="tooltip"
          className="fixed z-30 rounded-control border border-line bg-panel px-3 py-2 text-12 whitespace-normal text-text"
          style={{ ...place, maxWidth: WIDTH }}
        >
          {text}
        </span>
      ) : null}
    </>
  );
}
