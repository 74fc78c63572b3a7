'use client';

import { type ComponentType, useState } from 'react';
import { FORMAT_NAMES, FORMAT_TITLES } from '../../lib/export/format-list.ts';
import { type Command, useCommands } from '../commands/commands.ts';
import { Button } from '../ui/Button.tsx';
import type { MenuProps } from './ExportMenu.tsx';
import { exportHref } from './href.ts';

type Menu = ComponentType<MenuProps>;

/** Takes a session out. The menu is loaded when it is asked for. */
export function ExportButton({ sessionId }: { readonly sessionId: string }) {
  const [menu, setMenu] = useState<{ readonly Menu: Menu; readonly button: HTMLElement } | null>(null);
  useCommands(
    FORMAT_NAMES.map(
      (name): Command => ({
        id: `export-${name}`,
        title: `Export: ${FORMAT_TITLES[name]}`,
        keys: [],
        group: 'Session',
        // What comes is a file, so the page stays.
        run: () => window.location.assign(exportHref(sessionId, name)),
      }),
    ),
  );
  return (
    <>
      <Button
        aria-haspopup="menu"
        aria-expanded={menu !== null}
        onClick={({ currentTarget: button }) =>
          void import('./ExportMenu.tsx').then(({ ExportMenu: Menu }) => setMenu({ Menu, button }))
        }
      >
        Export
      </Button>
      {menu ? <menu.Menu sessionId={sessionId} button={menu.button} onClose={() => setMenu(null)} /> : null}
    </>
  );
}
