/** How the two sides are told apart, everywhere on the page: by letter, and by colour. */
export type SideName = 'a' | 'b';

export const SIDES = {
  a: { letter: 'A', role: 'before', swatch: 'bg-muted' },
  b: { letter: 'B', role: 'after', swatch: 'bg-p50' },
} as const satisfies Record<SideName, object>;
