/** What a pressed key is called, what it belongs to, and how it is written for people. */

/** The parts of a keyboard event that say which key it is. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** As `event.key` says, with modifiers before it: `Space`, `?`, `Shift+ArrowLeft`, `Mod+k` (Ctrl or Cmd). */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string {
  // With Caps Lock a letter comes as a capital without Shift.
  const name = key === ' ' ? 'Space' : key.length === 1 && !shiftKey ? key.toLowerCase() : key;
  // Shift is a part of a printed character (`?`), and a modifier of all others.
  const shift = shiftKey && (name.length > 1 || ctrlKey || metaKey) ? 'Shift+' : '';
  return `${ctrlKey || metaKey ? 'Mod+' : ''}${altKey ? 'Alt+' : ''}${shift}${name}`;
}

/** A key that types a character: voice control and some assistive tools send those without being asked. */
export const isCharacterKey = (name: string): boolean => [...name].length === 1 || name === 'Space';

const TYPED_IN =
  'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"]), textarea, select, [contenteditable]:not([contenteditable="false"])';
const PRESSED =
  'a[href], button, summary, input, [role="button"], [role="option"], [role="row"], [role="tab"], [role="treeitem"]';

/** In a list letters go on with the search, but for the two that lead elsewhere on every page. */
const LISTS = '[role="listbox"], [role="tree"]';
const EVERYWHERE = new Set(['/', '?']);

/** Whether a key belongs to what has the focus: it is typed there, or presses it. */
export function belongsToFocus(name: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPED_IN) && !name.startsWith('Mod+')) return true;
  if (target.closest(LISTS) && isCharacterKey(name) && !EVERYWHERE.has(name)) return true;
  return (name === 'Space' || name === 'Enter') && target.closest(PRESSED) !== null;
}

const WRITTEN: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** The parts of a key as they stand on a keyboard: `Ctrl`, `K`. */
export function writtenKey(name: string, isMac: boolean): readonly string[] {
  // A plus may be the key itself.
  const parts = name.split(/\+(?=.)/);
  return parts.map((part, index) => {
    if (part === 'Mod') return isMac ? '⌘' : 'Ctrl';
    const written = WRITTEN[part] ?? part;
    // Letters are small where they are typed, and large where they stand beside a modifier.
    return parts.length > 1 && index === parts.length - 1 && written.length === 1 ? written.toUpperCase() : written;
  });
}
