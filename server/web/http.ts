/** The HTTP door: sign-in, shares, the checks that come before everything, then the pages. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from './access.ts';
import type { Exports } from './exports.ts';
import { page, plain } from './plain-pages.ts';
import type { Passage } from './share-door.ts';

export interface HttpOptions {
  readonly access: Access;
  /** Sessions as files; comes before the pages. */
  readonly exports: Exports;
  /** Who is not signed in, but may read exports. */
  readonly isReader: (request: IncomingMessage) => boolean;
  /** For who is not signed in. */
  readonly shares: (request: IncomingMessage, url: URL, response: ServerResponse) => Passage;
  readonly pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** A link was used up: a new one can be shown for the next browser. */
  readonly onSignedIn: () => void;
}

export function httpHandler({ access, exports, isReader, shares, pages, onSignedIn }: HttpOptions) {
  const show = (request: IncomingMessage, response: ServerResponse): void => {
    pages(request, response).catch((error: unknown) => {
      process.stderr.write(`web: ${error instanceof Error ? error.stack : String(error)}\n`);
      if (!response.headersSent) plain(response, 500, 'The page could not be made; the terminal says why.');
    });
  };
  return (request: IncomingMessage, response: ServerResponse): void => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('X-Frame-Options', 'DENY');
    const wrong = access.wrongAddress(request);
    if (wrong !== null) {
      plain(response, 403, `Not allowed: ${wrong}.`);
      return;
    }
    // A target such as "//" is no address, and to make one of it would throw.
    const target = request.url ?? '/';
    const url = URL.canParse(target, 'http://local') ? new URL(target, 'http://local') : null;
    if (url === null) plain(response, 400, 'The address of this request cannot be understood.');
    // A link that a mail or chat program looks at must not be used up by that.
    else if (url.pathname === '/sign-in' && request.method === 'HEAD')
      plain(response, 405, 'Open the link in a browser.');
    else if (url.pathname === '/sign-in') signIn(access, url, response, onSignedIn);
    else if (isReader(request) && exports(request, response, url)) return;
    // A link shows the same to everybody, also to who is signed in.
    else if (!access.isSignedIn(request) || url.pathname.startsWith('/s/')) {
      const passage = shares(request, url, response);
      if (passage === 'pass') show(request, response);
      else if (passage === 'none') page(response, 401, 'Sign in', SIGN_IN);
    } else if (!exports(request, response, url)) show(request, response);
  };
}

function signIn(access: Access, url: URL, response: ServerResponse, onSignedIn: () => void): void {
  const cookie = access.signIn(url.searchParams.get('token') ?? '');
  if (cookie === null) {
    page(response, 401, 'Sign in', USED);
    return;
  }
  response.writeHead(303, { 'Set-Cookie': cookie, Location: '/', 'Cache-Control': 'no-store' });
  response.end();
  onSignedIn();
}

const SIGN_IN =
  'heatprobe can attach probes to programs on this host, so it shows nothing to a browser that it does not know. Open the sign-in link that was printed in the terminal where heatprobe runs.';
const USED =
  'This sign-in link is unknown or was used before; each works once. The terminal where heatprobe runs shows a fresh one.';
