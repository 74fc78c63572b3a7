'use client';

import { useState } from 'react';
import { dayTime, plural } from '../../lib/format/format.ts';
import type { ShareInfo } from '../../lib/protocol/gateway.ts';
import type { Failure } from '../connection/answer.ts';
import { ask } from '../connection/socket.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { shownWords } from './words.ts';

interface Props {
  readonly shares: readonly ShareInfo[];
  readonly onChanged: () => void;
}

/** The links of a session that work, the latest first. */
export function LinkList({ shares, onChanged }: Props) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const revoke = async (shareId: string) => {
    const answer = await ask('share:revoke', { shareId });
    setFailure(answer.ok ? null : answer.failure);
    onChanged();
  };
  return (
    <section aria-label="Links of this session" className="border-t border-line">
      <h3 className="px-4 pt-3 pb-1 text-muted">
        {shares.length === 0 ? 'There is no link of this session.' : plural(shares.length, 'link')}
      </h3>
      {failure ? (
        <div className="px-4 pb-3">
          <FailureNote failure={failure} />
        </div>
      ) : null}
      <ul className="pb-2">
        {shares.map((share) => (
          <li
            key={share.id}
            data-testid="share-row"
            className="flex min-h-11 items-center gap-3 px-4 py-1 tabular-nums hover:bg-hover"
          >
            <div className="min-w-0 flex-1">
              <p>
                {dayTime(share.createdAt)} <span className="text-muted">{shownWords(share)}</span>
              </p>
              <p className="text-12 text-muted">
                {share.expiresAt === null ? 'until revoked' : `until ${dayTime(share.expiresAt)}`} ·{' '}
                {share.lastUsedAt === null ? 'not used yet' : `last opened ${dayTime(share.lastUsedAt)}`}
              </p>
            </div>
            <span className="shrink-0 text-muted">{plural(share.viewers, 'viewer')} now</span>
            <Button onClick={() => void revoke(share.id)}>Revoke</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
