/** The HTTP door: sign-in, the checks that come before everything, then the pages. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from './access.ts';
import type { Exports } from './exports.ts';

export interface HttpOptions {
  readonly access: Access;
  /** Sessions as files; comes before the pages. */
  readonly exports: Exports;
  readonly pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** A link was used up: a new one can be shown for the next browser. */
  readonly onSignedIn: () => void;
}

export function httpHandler({ access, exports, pages, onSignedIn }: HttpOptions) {
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
    else if (!access.isSignedIn(request)) page(response, 401, 'Sign in', SIGN_IN);
    else if (!exports(request, response, url)) {
      pages(request, response).catch((error: unknown) => {
        process.stderr.write(`web: ${error instanceof Error ? error.stack : String(error)}\n`);
        if (!response.headersSent) plain(response, 500, 'The page could not be made; the terminal says why.');
      });
    }
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

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${text}\n`);
}

/** A page of its own: the application's files are behind the sign-in, too. */
function page(response: ServerResponse, status: number, title: string, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} · heatprobe</title>
<style>:root{color-scheme:dark light;--bg:#0b0d12;--text:#e8ebf1;--muted:#9aa4b5}
@media(prefers-color-scheme:light){:root{--bg:#fbfbfc;--text:#14171d;--muted:#525c6b}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--bg);color:var(--text);font:15px/1.6 system-ui,sans-serif}
main{max-width:34rem;padding:2rem}h1{font-size:20px;font-weight:500;margin:0 0 .5rem}p{margin:0;color:var(--muted)}</style>
<main><h1>${title}</h1><p>${text}</p></main></html>`);
}
