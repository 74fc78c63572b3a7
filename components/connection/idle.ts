/** Longest wait for an idle moment: a page that is never idle still gets on. */
const LONGEST_MS = 500;

/** Resolves when the browser is idle; where it does not tell (Safari), soon, after other work that waits. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: LONGEST_MS });
    else setTimeout(resolve, 20);
  });
}
