interface Row {
  readonly kind: 'heading' | 'option';
}

const PAGE = 10;

/** Where a key moves to from a row of the list, skipping headings; null when the key does not move. */
export function moved(key: string, rows: readonly Row[], from: number): number | null {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };
  const step = steps[key];
  const options = rows.flatMap(({ kind }, index) => (kind === 'option' ? [index] : []));
  if (step === undefined || options.length === 0) return null;
  const at = options.indexOf(from);
  if (at < 0) return options[0] ?? null;
  return options[Math.min(options.length - 1, Math.max(0, at + step))] ?? null;
}
