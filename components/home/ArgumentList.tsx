/** A command as what it is: a program and its arguments, each with its own frame, so that blanks show. */
export function ArgumentList({ args }: { readonly args: readonly string[] }) {
  return (
    <ol aria-label="Program and arguments" data-testid="arguments" className="flex flex-wrap gap-1 font-mono text-12">
      {args.map((arg, index) => (
        <li
          // An argument may come twice: its place is what it is.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          key={index}
          className="max-w-full rounded-chip border border-line px-[6px] break-all whitespace-pre-wrap text-text"
        >
          {arg === '' ? <span className="text-faint">empty</span> : arg}
        </li>
      ))}
    </ol>
  );
}
