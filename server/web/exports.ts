/**
 * Sessions as files: `GET /session/ID/export/FORMAT`; those that run now as metrics: `GET /metrics`. A file is made while
 * it is sent, a piece at a time: as fast as it is read, and with the server free for everybody else in between.
 */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { exportFileName } from '../../lib/export/file-name.ts';
import { formatNamed } from '../../lib/export/formats.ts';
import { openMetrics } from '../../lib/export/open-metrics.ts';
import type { ExportSource, SessionSource } from '../../lib/export/source.ts';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';

export interface ExportParts {
  /** What there is of a session now. It does not change any more. */
  readonly sourceOf: (sessionId: string) => ExportSource | Problem;
  /** Sessions that run now, as they are at this moment. */
  readonly running: () => readonly SessionSource[];
}

/** A viewer's request: of which session, and what of it the link shows. */
export interface Through {
  readonly sessionId: string;
  readonly format: string;
  readonly show: (source: SessionSource) => SessionSource;
  /** Whether the link works still; asked before each piece. */
  readonly mayGoOn: () => boolean;
}

/** Answers a request when it asks for an export, by its address or through a share. */
export type Exports = (request: IncomingMessage, response: ServerResponse, url: URL, through?: Through) => boolean;

/** Each may hold copies of a million calls. */
const MOST_AT_ONCE = 4;
/** Of these; so that no viewer keeps the owner from exports. */
const MOST_FOR_VIEWERS = 2;
const STATUS = { usage: 404, 'not-found': 404, refused: 409, 'not-permitted': 403, 'trace-failed': 503 } as const;

export function createExports({ sourceOf, running }: ExportParts): Exports {
  let sending = 0;
  let sendingToViewers = 0;
  const shown = ({ sessionId, show }: Through): ExportSource | Problem => {
    const source = sourceOf(sessionId);
    // Its words would name other sessions.
    return isProblem(source) ? problem('session-unknown', { id: sessionId }) : { ...source, ...show(source) };
  };
  return (request, response, url, through) => {
    const [, id, name] = through
      ? ['', through.sessionId, through.format]
      : (/^\/session\/([^/]+)\/export\/([^/]+)$/.exec(url.pathname) ?? []);
    const isMetrics = !through && url.pathname === '/metrics';
    if (!isMetrics && (id === undefined || name === undefined)) return false;
    const refuse = refuser(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      refuse(405, WRONG_METHOD);
      return true;
    }
    if (isMetrics) {
      response.writeHead(200, { 'Content-Type': OPEN_METRICS, 'Cache-Control': 'no-store' });
      response.end(openMetrics(running()));
      return true;
    }
    const format = formatNamed(decoded(name ?? ''));
    const isFree = sending < MOST_AT_ONCE && (!through || sendingToViewers < MOST_FOR_VIEWERS);
    const source = isProblem(format) ? format : !isFree ? BUSY : through ? shown(through) : sourceOf(decoded(id ?? ''));
    if (isProblem(format) || isProblem(source)) {
      const wrong = isProblem(format) ? format : source;
      if (isProblem(wrong)) refuse(STATUS[wrong.exit], wrong);
      return true;
    }
    response.writeHead(200, {
      'Content-Type': format.contentType,
      'Content-Disposition': `attachment; filename="${exportFileName(source.head, format.name)}"`,
      'Cache-Control': 'no-store',
    });
    if (request.method === 'HEAD') response.end();
    else {
      sending += 1;
      if (through) sendingToViewers += 1;
      void send(response, format.write(source, deflateSync), through?.mayGoOn ?? always).finally(() => {
        sending -= 1;
        if (through) sendingToViewers -= 1;
      });
    }
    return true;
  };
}

/** A session that is only on disk is read before its export is answered; what cannot be read the export says itself. */
export function openedFirst(exports: Exports, open: (sessionId: string) => Promise<unknown>): Exports {
  return (request, response, url, through) => {
    const id = through?.sessionId ?? /^\/session\/([^/]+)\/export\/[^/]+$/.exec(url.pathname)?.[1];
    if (id === undefined) return exports(request, response, url, through);
    void open(decoded(id)).finally(() => exports(request, response, url, through));
    return true;
  };
}

const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
const WRONG_METHOD = problem('usage', { message: 'An export is only read.', hint: 'Ask with GET.' });
const BUSY: Problem = {
  ...problem('usage', {
    message: `${MOST_AT_ONCE} exports are being read from this server at the moment, which is the most at once.`,
    hint: 'Ask again when one of them is done.',
  }),
  exit: 'trace-failed',
};

/** What is not encoded right names nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const always = (): boolean => true;

/** Ends early when the reader goes away. What breaks off breaks the connection, so that no file looks whole that is not. */
async function send(response: ServerResponse, pieces: Iterable<string>, mayGoOn: () => boolean): Promise<void> {
  const closed = once(response, 'close');
  try {
    for (const piece of pieces) {
      if (!mayGoOn()) response.destroy();
      if (response.destroyed) return;
      await (piece === '' || response.write(piece) ? turn() : Promise.race([once(response, 'drain'), closed]));
    }
    response.end();
  } catch (error) {
    process.stderr.write(`export: ${error instanceof Error ? error.stack : String(error)}\n`);
    response.destroy();
  }
}

/** A refusal is a sentence for people, and a problem for a program that takes JSON. */
function refuser({ headers }: IncomingMessage, response: ServerResponse) {
  const json = headers.accept === 'application/json';
  return (status: number, problem: Problem): void => {
    response.writeHead(status, {
      'Content-Type': json ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
    });
    response.end(json ? JSON.stringify(problem) : `${problem.message}\n${problem.hint}\n`);
  };
}
