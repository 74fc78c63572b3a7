'use client';

import { useRouter } from 'next/navigation';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { useIsViewer } from '../share/useIsViewer.ts';
import type { Command } from './commands.ts';
import { belongsToFocus, isCharacterKey, keyName } from './keys.ts';
import { Palette } from './Palette.tsx';
import { createRegistry, OpenPalette, Registered } from './registry.ts';
import { characterKeysAreOn } from './useCharacterKeys.ts';

/** Read now and then, by few: brought when it is asked for. */
const KeySheet = lazy(async () => ({ default: (await import('./KeySheet.tsx')).KeySheet }));

type Shown = { readonly what: 'palette' | 'keys'; readonly commands: readonly Command[] } | null;

/** Keys, palette and the sheet of keys, for the commands of whatever is mounted inside. */
export function CommandsProvider({ children }: { readonly children: ReactNode }) {
  const router = useRouter();
  const [registry] = useState(createRegistry);
  const [shown, setShown] = useState<Shown>(null);
  const [hadKeys, setHadKeys] = useState(false);
  const open = useCallback(
    (what: 'palette' | 'keys') => {
      setShown({ what, commands: registry.all() });
      if (what === 'keys') setHadKeys(true);
    },
    [registry],
  );
  const openPalette = useCallback(() => open('palette'), [open]);
  const isViewer = useIsViewer();
  const own = useMemo<readonly Command[]>(
    () => [
      { id: 'palette', title: 'Find a command', keys: ['Mod+k'], group: 'Go to', run: openPalette },
      { id: 'keys', title: 'Show all keys', keys: ['?'], group: 'Go to', run: () => open('keys') },
      ...(isViewer ? [] : sectionsOf(router)),
    ],
    [open, openPalette, router, isViewer],
  );
  useEffect(() => registry.add(() => own), [registry, own]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      const name = keyName(event);
      if (belongsToFocus(name, event.target) || (isCharacterKey(name) && !characterKeysAreOn())) return;
      const found = registry.all().find(({ keys, disabled }) => !disabled && keys.includes(name));
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [registry]);

  // The browser tells of a closed dialog a moment later, when another one may be open by then.
  const close = (what: 'palette' | 'keys') => setShown((now) => (now?.what === what ? null : now));
  const run = (command: Command) => {
    // Closed first: the focus goes back to where it was, and the command may then send it elsewhere.
    flushSync(() => close('palette'));
    command.run();
  };
  return (
    <Registered value={registry}>
      <OpenPalette value={openPalette}>
        {children}
        <Palette
          commands={shown?.what === 'palette' ? shown.commands : null}
          onRun={run}
          onClose={() => close('palette')}
        />
        {hadKeys ? (
          <Suspense>
            <KeySheet commands={shown?.what === 'keys' ? shown.commands : null} onClose={() => close('keys')} />
          </Suspense>
        ) : null}
      </OpenPalette>
    </Registered>
  );
}

const sectionsOf = (router: ReturnType<typeof useRouter>): readonly Command[] => [
  { id: 'go-home', title: 'Choose a function to trace', keys: [], group: 'Go to', run: () => router.push('/') },
  { id: 'go-list', title: 'List of sessions', keys: [], group: 'Go to', run: () => router.push('/sessions') },
];
