/** Links through which others look at a session: made, opened, listed, ended. They outlive the server. */
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type Problem, problem } from '../../lib/problem.ts';
import type { Lifetime, ShareChoice, ShareInfo } from '../../lib/protocol/gateway.ts';
import type { EpochMillis } from '../../lib/units.ts';
import { openDirectory } from '../store/directory.ts';
import { parseCookies } from './cookies.ts';
import { idsThere, type KeptShare, readShares, removeShare, writeShare } from './share-files.ts';
import { cookieSecretOf, hashOf, isSameHash, newShareId, newToken } from './share-secrets.ts';

export interface Shares {
  /** The token is in the answer and nowhere else. */
  readonly create: (choice: ShareChoice) => { readonly token: string } | Problem;
  readonly list: (sessionId: string) => ShareInfo[];
  readonly revoke: (id: string) => null | Problem;
  /** Exchanges a token for the id of its share and a cookie; null when no share has it. */
  readonly exchange: (token: string) => { readonly id: string; readonly cookie: string } | null;
  /** The share that a browser may look through: it works, and the browser has its cookie. */
  readonly admit: (request: IncomingMessage, id: string) => ShareInfo | null;
  /** Whether a browser has the cookie of any share that works. */
  readonly admitsAny: (request: IncomingMessage) => boolean;
  readonly isOpen: (id: string) => boolean;
  /** Those of a session that work. */
  readonly of: (sessionId: string) => readonly string[];
  /** So many look through it now. */
  readonly setViewers: (id: string, viewers: number) => void;
  readonly close: () => void;
}

interface Options {
  /** The data directory; its own folder in it is made when there is something to keep. */
  readonly data: string;
  /** Cookies go over TLS only. */
  readonly secure: boolean;
  /** A share works no more: whoever looks through it must be cut off now. */
  readonly onEnded: (id: string) => void;
  readonly now?: () => EpochMillis;
}

const FOLDER = 'shares';
const MOST_SHARES = 1000;
const HOUR_MS = 3_600_000;
const LASTING: Readonly<Record<Lifetime, number | null>> = {
  '1 hour': HOUR_MS,
  '1 day': 24 * HOUR_MS,
  '30 days': 30 * 24 * HOUR_MS,
  'until revoked': null,
};
/** Browsers keep no cookie for longer. */
const LONGEST_COOKIE_MS = 400 * 24 * HOUR_MS;
/** An expired share, and one whose file was removed, is noticed within this time. */
const LOOK_EVERY_MS = 500;
/** The time of the last use is written no more often. */
const USE_KEPT_EVERY_MS = 60_000;

export function createShares({ data, secure, onEnded, now = Date.now }: Options): Shares {
  const directory = join(data, FOLDER);
  const shares = new Map(readShares(directory).map((share) => [share.id, share]));
  const viewers = new Map<string, number>();
  const cookieName = (id: string): string => `${secure ? '__Host-' : ''}heatprobe-share-${id}`;
  const isOpen = (id: string): boolean => {
    const share = shares.get(id);
    return share !== undefined && (share.expiresAt ?? Number.POSITIVE_INFINITY) > now();
  };
  const info = ({ tokenHash, cookieHash, ...share }: KeptShare): ShareInfo => ({
    ...share,
    viewers: viewers.get(share.id) ?? 0,
  });
  const notKept = (error: unknown): Problem =>
    problem('share-not-kept', { directory, why: error instanceof Error ? error.message : String(error) });
  const end = (id: string): void => {
    shares.delete(id);
    viewers.delete(id);
    onEnded(id);
  };
  const look = (): void => {
    if (shares.size === 0) return;
    let there: ReadonlySet<string>;
    try {
      there = new Set(idsThere(directory));
    } catch {
      return;
    }
    for (const id of [...shares.keys()]) {
      if (there.has(id) && isOpen(id)) continue;
      end(id);
      try {
        removeShare(directory, id);
      } catch {
        // It has expired by the clock that is in it, and is tried again at the next start.
      }
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  const hasCookie = (cookies: ReadonlyMap<string, string>, share: KeptShare): boolean => {
    const secret = cookies.get(cookieName(share.id));
    return secret !== undefined && isSameHash(share.cookieHash, hashOf(secret));
  };
  const cookiesOf = ({ headers }: IncomingMessage) => parseCookies(headers.cookie ?? '');

  return {
    create({ sessionId, switches, lifetime }) {
      if (shares.size >= MOST_SHARES) return problem('too-many-shares', { most: MOST_SHARES });
      const token = newToken();
      const lasting = LASTING[lifetime];
      const share: KeptShare = {
        id: newShareId(),
        sessionId,
        switches,
        createdAt: now(),
        expiresAt: lasting === null ? null : now() + lasting,
        lastUsedAt: null,
        tokenHash: hashOf(token),
        cookieHash: hashOf(cookieSecretOf(token)),
      };
      try {
        writeShare(openDirectory(data, FOLDER), share);
      } catch (error) {
        return notKept(error);
      }
      shares.set(share.id, share);
      return { token };
    },
    list: (sessionId) =>
      [...shares.values()]
        .filter((share) => share.sessionId === sessionId && isOpen(share.id))
        .map(info)
        .sort((a, b) => b.createdAt - a.createdAt),
    revoke(id) {
      if (!shares.has(id)) return problem('share-unknown', {});
      // Cut off first: what the disk says must not keep anybody looking.
      end(id);
      try {
        removeShare(directory, id);
        return null;
      } catch (error) {
        return notKept(error);
      }
    },
    exchange(token) {
      // All are compared, whichever it is.
      const hash = hashOf(token);
      const found = [...shares.values()].filter(({ tokenHash }) => isSameHash(tokenHash, hash));
      const share = found.find(({ id }) => isOpen(id));
      if (!share) return null;
      const lasts = Math.min((share.expiresAt ?? Number.POSITIVE_INFINITY) - now(), LONGEST_COOKIE_MS);
      const attributes = `Path=/; Max-Age=${Math.ceil(lasts / 1000)}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
      return { id: share.id, cookie: `${cookieName(share.id)}=${cookieSecretOf(token)}; ${attributes}` };
    },
    admit(request, id) {
      const share = shares.get(id);
      return share && isOpen(id) && hasCookie(cookiesOf(request), share) ? info(share) : null;
    },
    admitsAny(request) {
      const cookies = cookiesOf(request);
      return [...shares.values()].some((share) => isOpen(share.id) && hasCookie(cookies, share));
    },
    isOpen,
    of: (sessionId) =>
      [...shares.values()].flatMap((share) => (share.sessionId === sessionId && isOpen(share.id) ? [share.id] : [])),
    setViewers(id, count) {
      const share = shares.get(id);
      if (!share) return;
      const more = count > (viewers.get(id) ?? 0);
      viewers.set(id, count);
      if (!more) return;
      const used = { ...share, lastUsedAt: now() };
      shares.set(id, used);
      if (share.lastUsedAt !== null && now() - share.lastUsedAt < USE_KEPT_EVERY_MS) return;
      try {
        if (idsThere(directory).includes(id)) writeShare(directory, used);
      } catch {
        // The list still says it; only after a restart it says an earlier time.
      }
    },
    close: () => clearInterval(timer),
  };
}
