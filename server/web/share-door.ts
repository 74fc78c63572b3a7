/** The HTTP door of a share: its link is exchanged for a cookie, and with the cookie its page can be seen. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionSource } from '../../lib/export/source.ts';
import { visible } from '../../lib/share/visible.ts';
import type { Attempts } from './attempts.ts';
import type { Exports } from './exports.ts';
import { HOST } from './host-facts.ts';
import { page, plain } from './plain-pages.ts';
import { isToken } from './share-secrets.ts';
import type { Shares } from './shares.ts';

interface Parts {
  readonly shares: Shares;
  readonly exports: Exports;
  readonly attempts: Attempts;
  /** From where a request came. */
  readonly addressOf: (request: IncomingMessage) => string;
}

/** What a viewer's page is made of. Nothing in it is of any session: data comes through the socket alone. */
const ASSET = /^\/(?:_next\/static\/(?:[\w~@()-][\w.~@()-]*\/)*[\w~@()-][\w.~@()-]*|icon\.svg)$/;

/** What a request of somebody who is not signed in may see: `pass` to the pages, `answered`, or `none` of it. */
export type Passage = 'pass' | 'answered' | 'none';

export function shareDoor({ shares, exports, attempts, addressOf }: Parts) {
  return (request: IncomingMessage, url: URL, response: ServerResponse): Passage => {
    const [, shareId = '', format] = /^\/s\/([\w-]+)\/export\/([\w.-]+)$/.exec(url.pathname) ?? [];
    if (format !== undefined) {
      const share = shares.admit(request, shareId);
      if (!share) return 'none';
      const { sessionId, switches } = share;
      const show = (source: SessionSource): SessionSource => visible(source.head, switches, HOST).source(source);
      const mayGoOn = () => shares.isOpen(shareId);
      return exports(request, response, url, { sessionId, format, show, mayGoOn }) ? 'answered' : 'none';
    }
    const [, name] = /^\/s\/([\w-]+)$/.exec(url.pathname) ?? [];
    if (name === undefined) {
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      return isRead && ASSET.test(url.pathname) && shares.admitsAny(request) ? 'pass' : 'none';
    }
    if (request.method !== 'GET') plain(response, 405, 'Open the link in a browser.');
    else if (isToken(name)) exchange(request, name, url, response);
    else if (shares.admit(request, name)) return 'pass';
    else page(response, 404, 'This link does not work', NO_SUCH_LINK);
    return 'answered';
  };

  function exchange(request: IncomingMessage, token: string, url: URL, response: ServerResponse): void {
    const address = addressOf(request);
    if (attempts.areTooMany(address)) {
      response.setHeader('Retry-After', '60');
      page(response, 429, 'Too many links were tried', TOO_MANY);
      return;
    }
    const found = shares.exchange(token);
    if (!found) {
      attempts.failed(address);
      page(response, 404, 'This link does not work', NO_SUCH_LINK);
      return;
    }
    // The address that stays in the browser has no secret in it; what is looked at goes along.
    const headers = {
      'Set-Cookie': found.cookie,
      Location: `/s/${found.id}${url.search}`,
      'Cache-Control': 'no-store',
    };
    response.writeHead(303, headers);
    response.end();
  }
}

const NO_SUCH_LINK =
  'It has expired, was revoked, or was cut off when it was copied. A page that was opened with a link can be opened again only in the same browser. Ask whoever sent it for a new one.';
const TOO_MANY = 'Links that do not exist were asked for too often from here. Wait a minute, and open your link again.';

/**
 * From where a request came. Behind a proxy on this host all come from it, and it says for whom, last in a header.
 * Nobody gains much by a false one there: it is for the limit of guesses only.
 */
export function peerAddress(behindProxy: boolean): (request: IncomingMessage) => string {
  return ({ socket, headers }) => {
    const peer = socket.remoteAddress ?? '';
    const forwarded = [headers['x-forwarded-for'] ?? ''].flat().join(',').split(',').at(-1)?.trim() ?? '';
    return behindProxy && forwarded !== '' ? forwarded.slice(0, 64) : peer;
  };
}
