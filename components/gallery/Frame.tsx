import type { ReactNode } from 'react';

/** A titled part of the gallery. */
export function Frame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="mt-8 border-y border-line">
      <h2 className="border-b border-line px-4 py-2 text-12 font-medium text-faint">{title}</h2>
      {children}
    </section>
  );
}
