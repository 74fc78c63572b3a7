'use client';

import { useState } from 'react';
import { plural } from '../../lib/format/format.ts';
import { pasted } from '../../lib/program/by-hand/paste.ts';
import type { PlanPlace } from '../../lib/protocol/gateway.ts';
import { ask } from '../connection/socket.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { ScrollBox } from '../ui/ScrollBox.tsx';
import { useOnDemand } from './useOnDemand.ts';

/** How long a pasted command counts, in seconds. */
const SECONDS = 10;

/** The same measurement without heatprobe: a script for a shell. */
export function ByHand({ place }: { readonly place: PlanPlace }) {
  const { answer, onToggle } = useOnDemand(() => ask('plan:script', place));
  return (
    <details data-testid="by-hand" onToggle={onToggle}>
      <summary className="text-muted select-none hover:text-text">By hand, with bpftrace alone</summary>
      <div className="mt-2">
        {answer.state === 'there' ? <ScriptText script={answer.value.script} /> : null}
        {answer.state === 'failed' ? <FailureNote failure={answer.failure} /> : null}
        {answer.state === 'asking' ? <p className="text-muted">Writing the script</p> : null}
      </div>
    </details>
  );
}

/** The script, and the command that runs it. */
export function ScriptText({ script }: { readonly script: string }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(pasted(script, SECONDS));
      setCopied('yes');
    } catch {
      setCopied('failed');
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => void copy()} data-testid="copy-script">
          Copy as shell command
        </Button>
        <p role="status" className="min-w-0 flex-1 basis-48 text-12 text-muted">
          {copied === 'yes'
            ? `Copied. In a terminal on this host it counts for ${SECONDS} s and prints what it counted.`
            : copied === 'failed'
              ? 'The browser did not allow it. Select the text below.'
              : `${plural(script.trimEnd().split('\n').length, 'line')}, complete: the same sites, the same counts. The command line prints it with plan --script.`}
        </p>
      </div>
      <ScrollBox
        label="Shell script"
        className="max-h-[320px] rounded-control border border-line bg-panel p-3 font-mono text-12"
      >
        <pre className="text-muted">{script}</pre>
      </ScrollBox>
    </div>
  );
}
