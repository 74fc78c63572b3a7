/** The dashboard: composes tracer, sessions, gateway and pages, and listens. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { isProblem } from '../lib/problem.ts';
import { createDemos } from './demo/demo.ts';
import { dropPrivileges } from './privileges.ts';
import { dataDirectory } from './store/directory.ts';
import { createStore } from './store/store.ts';
import { startTracer, type Tracer } from './tracer-client.ts';
import { version } from './version.ts';
import { createAccess } from './web/access.ts';
import { createAttempts } from './web/attempts.ts';
import { createCommands } from './web/commands.ts';
import { createExports, openedFirst } from './web/exports.ts';
import { createGateway } from './web/gateway.ts';
import { httpHandler } from './web/http.ts';
import { createQuestions } from './web/questions.ts';
import { type Place, placeOf } from './web/reach.ts';
import { bringsToken, ownReadToken } from './web/read-token.ts';
import { createRecordings } from './web/recordings.ts';
import { createSessions, type SessionEvents } from './web/sessions.ts';
import { peerAddress, shareDoor } from './web/share-door.ts';
import { createShares } from './web/shares.ts';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  /** Try the following ports when this one is taken. */
  readonly nextPorts: boolean;
  /** Where a proxy or a tunnel offers the server to others; null: nowhere. */
  readonly publicUrl: URL | null;
  /** Where data is kept; null: where it usually is. */
  readonly data: string | null;
  /** Sessions are written down. */
  readonly record: boolean;
}

const PORTS_TRIED = 10;
/** The tracer detaches in a process of its own, and goes on with it when nobody waits any more. */
const TRACER_LIMIT_MS = 10_000;
/** The recorder goes on writing by itself when nobody waits any more. */
const STORE_LIMIT_MS = 10_000;
/** A browser that does not close its end must not keep the server alive. */
const WEB_LIMIT_MS = 3_000;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Serves until a signal; resolves to the exit status. */
export async function serve(options: ServeOptions): Promise<number> {
  const tracer = await startTracer({ elevate: true, onLog: (line) => process.stderr.write(`${line}\n`) });
  dropPrivileges();
  const http = createServer();
  const listening = await listen(http, options);
  if (listening === null) {
    process.stderr.write(
      `heatprobe: port ${options.port} on ${options.host} cannot be used.\nGive another one with --port.\n`,
    );
    await tracer.close();
    return 2;
  }
  const { port } = listening;
  const answerEarly = holdRequests(http);
  const { publicUrl } = options;
  const place = placeOf({ host: options.host, port, publicUrl });
  const access = createAccess({ port, hosts: place.hosts, publicUrl });
  const app = next({ dev: false, dir: ROOT, hostname: options.host, port });
  await app.prepare();
  const pages = app.getRequestHandler();
  const commands = createCommands(place.exposedAs);
  const store = createStore({
    data: dataDirectory(options.data),
    record: options.record,
    onRecording: (id, recording) => sessions.setRecording(id, recording),
    bpftrace: bpftraceVersion(tracer),
  });
  const events: SessionEvents = {
    onTick: (id, tick) => gateway.sendTick(id, tick),
    onStatus: (id, status, seq) => gateway.sendStatus(id, status, seq),
    onCommand: (id, command) => gateway.sendCommand(id, command),
    onViewers: (id, viewers) => gateway.sendViewers(id, viewers),
    onRecording: (id, recording) => gateway.sendRecording(id, recording),
  };
  const sessions = createSessions(tracer, commands, events, store);
  const demos = createDemos(tracer);
  const recordings = createRecordings(fileURLToPath(new URL('../e2e/recordings', import.meta.url)));
  const exports = openedFirst(
    createExports({
      sourceOf: (id) => {
        const found = sessions.frozen(id);
        if (!isProblem(found)) return { ...found, heatprobe: version() };
        const candidates = sessions.list().map((head) => `${head.id}  ${head.subject.symbol.demangled}`);
        return { ...found, candidates };
      },
      running: sessions.running,
    }),
    (id) => sessions.open(id),
  );
  const data = dataDirectory(options.data);
  const token = ownReadToken(data);
  const shares = createShares({
    data,
    secure: publicUrl?.protocol === 'https:',
    onEnded: (id) => gateway.cut(id),
  });
  const questions = createQuestions({
    tracer,
    sessions,
    demos,
    recordings,
    commands,
    library: store.library,
    shares,
    place,
  });
  const link = (): string => `${place.base}${access.newLink()}`;
  http.on(
    'request',
    httpHandler({
      access,
      exports,
      isReader: (request) => bringsToken(request, token),
      shares: shareDoor({ shares, exports, attempts: createAttempts(), addressOf: peerAddress(publicUrl !== null) }),
      pages,
      onSignedIn: () => say(`Signed in. For another browser: ${link()}`),
    }),
  );
  const gateway = createGateway(http, { access, shares, questions });
  answerEarly();
  announce(link(), place);

  await Promise.race([interrupted(), tracer.ended]);
  // Probes first: whatever a browser, or a connection that never became one, does next, they are gone.
  demos.close();
  await within(TRACER_LIMIT_MS, tracer.close());
  await within(STORE_LIMIT_MS, store.close());
  // The gateway waits for all connections, and one with half a request would wait for its sender.
  http.closeAllConnections();
  shares.close();
  await within(WEB_LIMIT_MS, gateway.close());
  return 0;
}

/**
 * A browser that comes back to a server that was started anew comes before its pages are ready: it must wait, and not
 * for ever. Returns what lets all of them on.
 */
function holdRequests(http: Server): () => void {
  let early: [IncomingMessage, ServerResponse][] | null = [];
  http.on('request', (request, response) => void early?.push([request, response]));
  return () => {
    const waiting = early ?? [];
    early = null;
    for (const [request, response] of waiting) http.emit('request', request, response);
  };
}

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  await Promise.race([work, sleep(limitMs)]);
}

/** Asked for once, and known when the first trace begins: the dashboard does not wait for it. */
function bpftraceVersion(tracer: Tracer): () => string | null {
  let found: string | null = null;
  void tracer.ask('environment', null).then((host) => {
    if (!isProblem(host)) found = host.bpftrace;
  });
  return () => found;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function announce(link: string, { reach }: Place): void {
  say('');
  say('heatprobe is ready. Open this link; it works once:');
  say(`  ${link}`);
  if (reach.kind === 'this host') {
    say('From another machine, first:');
    say(`  ${reach.tunnel}`);
  } else if (!reach.encrypted) {
    say('Warning: this address can be reached from other machines, and the connection is not encrypted (no TLS):');
    say('whoever can listen on the way can take over what is sent, sign-in and links included.');
  }
  say('Ctrl-C ends it and removes all probes.');
}

async function interrupted(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

async function listen(http: Server, { host, port, nextPorts }: ServeOptions): Promise<{ port: number } | null> {
  for (let candidate = port; candidate < port + (nextPorts && port !== 0 ? PORTS_TRIED : 1); candidate++) {
    http.listen(candidate, host);
    const outcome = await Promise.race([
      once(http, 'listening').then(() => 'ok'),
      once(http, 'error').then(() => 'taken'),
    ]).catch(() => 'taken');
    if (outcome !== 'ok') continue;
    const address = http.address();
    return { port: typeof address === 'object' && address ? address.port : candidate };
  }
  return null;
}
