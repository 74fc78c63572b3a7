'use client';

import { useContext } from 'react';
import { Keys } from './Keys.tsx';
import { OpenPalette } from './registry.ts';

/** Opens the palette, for those who do not know its key. */
export function PaletteButton() {
  const open = useContext(OpenPalette);
  return (
    <button
      type="button"
      onClick={open}
      aria-haspopup="dialog"
      aria-label="Find a command"
      title="Find a command"
      className="flex h-[30px] min-w-[30px] shrink-0 items-center justify-center gap-2 rounded-control text-muted hover:bg-hover hover:text-text md:px-2"
    >
      <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true" className="md:hidden">
        <path d="M3 4.5h10M3 8h10M3 11.5h6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      </svg>
      <span className="max-md:hidden">
        <Keys name="Mod+k" />
      </span>
    </button>
  );
}
