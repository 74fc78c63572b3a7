import type { ShortName } from '../../lib/binary/short-name.ts';

/** More is never drawn; the whole name is in the title of what holds this. */
const MOST = 300;

/** A function's name on one line: where there is no room its place is cut first, its own name last. */
export function FunctionName({ short: { place, name } }: { readonly short: ShortName }) {
  return (
    <span className="flex min-w-0 font-mono whitespace-pre">
      {place ? <span className="min-w-[2ch] shrink-[1000] truncate">{place.slice(0, MOST)}</span> : null}
      <span data-testid="own-name" className="min-w-0 truncate">
        {name.slice(0, MOST)}
      </span>
    </span>
  );
}
