import type { ReactNode } from 'react';

interface Props {
  /** What is inside, in a few words. */
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

/** Details for those who ask: one line until it is opened. */
export function Disclosure({ summary, children }: Props) {
  return (
    <details>
      <summary className="text-12 text-muted select-none hover:text-text">{summary}</summary>
      <div className="mt-1">{children}</div>
    </details>
  );
}
