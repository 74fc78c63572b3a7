'use client';

import { useMounted } from '../ui/useMounted.ts';
import { writtenKey } from './keys.ts';

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A key or a combination, as it stands on this reader's keyboard. */
export function Keys({ name }: { readonly name: string }) {
  // The server does not know whose keyboard it is.
  const mounted = useMounted();
  return (
    <span className="flex shrink-0 gap-[2px]">
      {writtenKey(name, mounted && isMac()).map((part) => (
        <kbd
          key={part}
          className="rounded-chip border border-line px-[5px] py-[2px] font-mono text-11 leading-none text-muted"
        >
          {part}
        </kbd>
      ))}
    </span>
  );
}
