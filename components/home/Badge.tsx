/** A short fact in a frame; nothing when it is not known. */
export function Badge({ text, title }: { readonly text: string; readonly title?: string }) {
  if (!text) return null;
  return (
    <span title={title} className="shrink-0 rounded-chip border border-line px-[6px] text-11 text-muted">
      {text}
    </span>
  );
}
