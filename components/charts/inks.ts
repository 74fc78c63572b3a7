/** The colours of the page as a canvas needs them: read from the CSS tokens, so that they are named once. */
export interface Inks {
  readonly text: string;
  readonly muted: string;
  readonly faint: string;
  readonly line: string;
  readonly warn: string;
  readonly slow: string;
  readonly p50: string;
  readonly background: string;
  readonly font: string;
}

export function readInks(element: Element): Inks {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: token('--text'),
    muted: token('--muted'),
    faint: token('--faint'),
    line: token('--line'),
    warn: token('--warn'),
    slow: token('--slow'),
    p50: token('--p50'),
    background: token('--bg'),
    font: `11px ${style.fontFamily}`,
  };
}
