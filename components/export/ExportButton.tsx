'use client';

import { type ComponentType, useState } from 'react';
import { FORMAT_NAMES, FORMAT_TITLES, PICTURE_NAMES, PICTURE_TITLES } from '../../lib/export/format-list.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { type Command, useCommands } from '../commands/commands.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { isOver } from '../session/status.ts';
import { useView } from '../session/view.tsx';
import { Button } from '../ui/Button.tsx';
import type { Export, MenuProps } from './ExportMenu.tsx';
import { exportHref } from './href.ts';

interface Props {
  readonly head: SessionHead;
  readonly live: LiveTimeline;
}

/** Takes a session out: files of it, and pictures of its charts. What that needs is loaded when it is asked for. */
export function ExportButton({ head, live }: Props) {
  const { view } = useView();
  const [menu, setMenu] = useState<{ readonly Menu: ComponentType<MenuProps>; readonly button: HTMLElement } | null>(
    null,
  );
  const all: readonly Export[] = [
    ...FORMAT_NAMES.map((name) => ({
      name,
      title: FORMAT_TITLES[name],
      // What comes is a file, so the page stays.
      run: () => window.location.assign(exportHref(head.id, name)),
    })),
    ...PICTURE_NAMES.map((name) => ({
      name,
      title: PICTURE_TITLES[name],
      run: () =>
        void import('./save-picture.ts').then(({ savePicture }) =>
          savePicture(name, { head, timeline: live.current(), view, running: !isOver(head.status) }),
        ),
    })),
  ];
  useCommands(
    all.map(
      ({ name, title, run }): Command => ({
        id: `export-${name}`,
        title: `Export: ${title}`,
        keys: [],
        group: 'Session',
        run,
      }),
    ),
  );
  return (
    <>
      <Button
        className="max-md:hidden"
        aria-haspopup="menu"
        aria-expanded={menu !== null}
        onClick={({ currentTarget: button }) =>
          void import('./ExportMenu.tsx').then(({ ExportMenu: Menu }) => setMenu({ Menu, button }))
        }
      >
        Export
      </Button>
      {menu ? <menu.Menu exports={all} button={menu.button} onClose={() => setMenu(null)} /> : null}
    </>
  );
}
