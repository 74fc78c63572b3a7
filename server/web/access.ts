/**
 * Who may see anything: a browser that was opened with a sign-in link from the terminal. The link works
 * once and is exchanged for a cookie that scripts cannot read. Names and origins are checked on each
 * request, so that no other web page and no rebound DNS name can speak to the server.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseCookies } from './cookies.ts';

export interface Access {
  /** A fresh link's path, for one browser. */
  readonly newLink: () => string;
  /** Exchanges a link's token for a cookie; null when it is unknown or was used before. */
  readonly signIn: (token: string) => string | null;
  readonly isSignedIn: (request: IncomingMessage) => boolean;
  /** Null when Host and Origin are those of this server, else what is wrong. */
  readonly wrongAddress: (request: IncomingMessage) => string | null;
}

const COOKIE_DAYS = 30;
/** Unused links and signed-in browsers are bounded, oldest first. */
const MOST_KEPT = 1000;

export interface AccessOptions {
  /** Cookies do not tell ports apart, so each server's cookie has a name of its own. */
  readonly port: number;
  /** Names under which the server is reached besides loopback. */
  readonly hosts: readonly string[];
  /** Where a proxy or a tunnel offers it to others. */
  readonly publicUrl?: URL | null;
}

export function createAccess({ port, hosts, publicUrl = null }: AccessOptions): Access {
  const links = new Set<string>();
  const browsers = new Map<string, number>();
  const name = `heatprobe-${port}`;
  const allowed = new Set(['localhost', '127.0.0.1', '[::1]', ...hosts]);
  const secure = publicUrl?.protocol === 'https:' ? '; Secure' : '';
  return {
    newLink() {
      const token = randomBytes(32).toString('base64url');
      links.add(token);
      forgetOldest(links);
      return `/sign-in?token=${token}`;
    },
    signIn(token) {
      const link = [...links].find((candidate) => isSame(candidate, token));
      if (link === undefined) return null;
      links.delete(link);
      const secret = randomBytes(32).toString('base64url');
      browsers.set(secret, Date.now() + COOKIE_DAYS * 86_400_000);
      forgetOldest(browsers);
      return `${name}=${secret}; Path=/; Max-Age=${COOKIE_DAYS * 86_400}; HttpOnly; SameSite=Lax${secure}`;
    },
    isSignedIn(request) {
      const secret = parseCookies(request.headers.cookie ?? '').get(name);
      return secret !== undefined && (browsers.get(secret) ?? 0) > Date.now();
    },
    wrongAddress({ headers }) {
      const { host = '', origin } = headers;
      const isPublic = publicUrl !== null && hostOf(publicUrl.protocol, host) === publicUrl.host;
      const name = hostName(`http://${host}`);
      if (!isPublic && (name === null || !allowed.has(name)))
        return `this server is not reached as ${host || 'nothing'}`;
      if (origin === undefined || origin === publicUrl?.origin) return null;
      return !isPublic && isSameOrigin(origin, host) ? null : `${origin} is another site`;
    },
  };
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function forgetOldest(kept: Set<string> | Map<string, unknown>): void {
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

/** The port may differ from ours: an ssh tunnel can begin at any. */
function hostName(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null;
}

/** A host as the scheme has it: without the port that goes without saying. */
function hostOf(protocol: string, host: string): string | null {
  const url = `${protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).host : null;
}

function isSameOrigin(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
