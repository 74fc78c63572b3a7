import { shortened } from '../../lib/format/format.ts';

/** More is never drawn; the whole is in the title. */
const MOST = 300;
/** The end of a name that stays when there is no room: a method, an offset. */
const END = 14;

/** A name that loses its middle where there is no room for it. */
export function MiddleText({ text }: { readonly text: string }) {
  const drawn = shortened(text, MOST);
  if (drawn.length <= END * 2) return <span className="block truncate">{drawn}</span>;
  return (
    <span className="flex min-w-0">
      <span className="truncate">{drawn.slice(0, -END)}</span>
      <span className="shrink-0 whitespace-pre">{drawn.slice(-END)}</span>
    </span>
  );
}
