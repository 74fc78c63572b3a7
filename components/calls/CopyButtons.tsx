'use client';

import { useEffect, useState } from 'react';
import { copyText } from '../ui/copy.ts';

interface Props {
  /** What can be copied: its name, and how the text is made when it is wanted. */
  readonly choices: readonly { readonly name: string; readonly text: () => string }[];
}

interface Result {
  readonly name: string;
  /** What could not be copied, to be selected by hand; null when it was. */
  readonly left: string | null;
}

const SAID_FOR_MS = 4000;

/** Copies, and says politely whether it worked. Where the clipboard is not allowed the text is there to be selected. */
export function CopyButtons({ choices }: Props) {
  const [result, setResult] = useState<Result | null>(null);
  useEffect(() => {
    if (result?.left !== null) return;
    const timer = setTimeout(() => setResult(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [result]);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 py-1">
        {choices.map(({ name, text }) => (
          <button
            key={name}
            type="button"
            onClick={async () => {
              const copied = text();
              setResult({ name, left: (await copyText(copied)) ? null : copied });
            }}
            className="h-6 rounded-chip border border-line px-2 text-12 hover:bg-hover"
          >
            Copy {name}
          </button>
        ))}
        <span role="status" className="text-muted">
          {result ? words(result) : ''}
        </span>
      </div>
      {result?.left ? (
        <textarea
          readOnly
          aria-label={`The ${result.name} to copy by hand`}
          rows={6}
          value={result.left}
          onFocus={(event) => event.currentTarget.select()}
          className="w-full rounded-chip border border-line bg-panel p-2 font-mono text-11"
        />
      ) : null}
    </>
  );
}

function words({ name, left }: Result): string {
  return left === null
    ? `Copied the ${name}.`
    : `The browser does not allow copying here. Select the ${name} below and copy it by hand.`;
}
