'use client';

import type { BoxPlace } from '../../lib/chart/box.ts';
import { useFocusHeir } from '../ui/useFocusHeir.ts';

interface Props {
  readonly place: BoxPlace;
  readonly words: string;
  readonly bounds: string;
  /** Gets the focus when the label goes away with it. */
  readonly heir: () => HTMLElement | null;
  /** Null while it is drawn. */
  readonly actions: { readonly zoom: (() => void) | null; readonly clear: () => void } | null;
}

/** What is selected: everything outside dimmed, its count beside it. */
export function SelectionBox({ place: { left, right, bottom, top }, words, bounds, heir, actions }: Props) {
  const leaving = useFocusHeir<HTMLDivElement>(heir);
  const percent = (share: number) => `${share * 100}%`;
  // Beside the box where there is room, else inside at its top.
  const above = top < 0.88;
  const label = {
    ...(left < 0.5
      ? { left: percent(left), maxWidth: percent(1 - left) }
      : { right: percent(1 - right), maxWidth: percent(right) }),
    ...(above ? { bottom: percent(top) } : bottom > 0.12 ? { top: percent(1 - bottom) } : { top: percent(1 - top) }),
  };
  return (
    <>
      <div aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden">
        <div
          data-testid="selection-box"
          className="absolute border border-accent outline-[9999px] outline-bg/55"
          style={{
            left: percent(left),
            right: percent(1 - right),
            bottom: percent(bottom),
            top: percent(1 - top),
            outlineStyle: 'solid',
          }}
        />
      </div>
      <div
        ref={leaving}
        data-testid="selection-label"
        className="absolute z-10 flex items-center gap-[6px] rounded-chip bg-bg/85 px-[6px] text-11 whitespace-nowrap text-text"
        style={label}
        // A press here is for the buttons, not for the plot below.
        onPointerDown={(event) => event.stopPropagation()}
      >
        <span className="truncate">
          {words} <span className="text-muted max-md:hidden">· {bounds}</span>
        </span>
        {actions ? (
          <>
            {actions.zoom ? <LabelButton name="Zoom" title="Show only this time (Enter)" run={actions.zoom} /> : null}
            <LabelButton name="Clear" title="Select nothing (Escape)" run={actions.clear} />
          </>
        ) : null}
      </div>
    </>
  );
}

function LabelButton({
  name,
  title,
  run,
}: {
  readonly name: string;
  readonly title: string;
  readonly run: () => void;
}) {
  return (
    <button
      type="button"
      title={title}
      onClick={run}
      className="h-6 rounded-chip px-1 text-11 text-accent hover:underline"
    >
      {name}
    </button>
  );
}
