/** The server's side of the recorder: starts it when there is something to record, and hears what became of it. */
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RecordingOrigin } from '../../lib/protocol/library.ts';
import type { Recording, SessionHead } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { start } from '../exec.ts';
import { frame } from './frames.ts';
import type { RecorderNews, RecorderOrder } from './recorder.ts';

/** Takes sessions down. Nothing here throws or waits: a failure is told, and the session goes on. */
export interface SessionRecorder {
  readonly begin: (head: SessionHead) => void;
  readonly tick: (id: string, tick: Tick) => void;
  readonly head: (head: SessionHead) => void;
  /** The last that is said of a session. */
  readonly end: (head: SessionHead) => void;
  /** Waits until everything is on disk. */
  readonly close: () => Promise<void>;
}

interface SessionRecorderOptions {
  readonly directory: string;
  readonly onRecording: (id: string, recording: Recording) => void;
  /** Where and with what recordings are made. */
  readonly origin: () => RecordingOrigin;
  readonly now: () => number;
}

/** Orders that wait for a disk that does not keep up. */
const MOST_WAITING = 256 * 2 ** 20;

interface RecorderProcess {
  readonly send: (order: RecorderOrder) => void;
  readonly close: () => Promise<void>;
}

export function startRecorder({ directory, onRecording, origin, now }: SessionRecorderOptions): SessionRecorder {
  /** Sessions that the recorder has and has not finished. */
  const open = new Set<string>();
  let recorder: RecorderProcess | null = null;

  const fail = (ids: readonly string[], reason: string): void => {
    for (const id of ids) {
      if (open.delete(id)) onRecording(id, { state: 'failed', reason, since: now() });
    }
  };
  const hear = (news: RecorderNews): void => {
    if (news.state === 'failed') fail([news.id], news.reason);
    if (news.state === 'kept' && open.delete(news.id)) onRecording(news.id, { state: 'kept' });
  };
  const launch = (): RecorderProcess => {
    const [file = process.execPath, ...args] = recorderCommand(directory);
    // It ends by itself when its input ends, and not before it has written everything.
    const child = start(file, args, { stdin: 'pipe', stderr: 'inherit', cleanup: false, forceKillAfterDelay: false });
    child.stdin?.on('error', () => {});
    if (child.stdout) {
      createInterface({ input: child.stdout, terminal: false }).on('line', (line) =>
        hear(JSON.parse(line) as RecorderNews),
      );
    }
    const made: RecorderProcess = {
      send(order) {
        if ((child.stdin?.writableLength ?? 0) > MOST_WAITING) {
          fail([...open], 'the disk takes it too slowly');
          child.kill('SIGKILL');
          return;
        }
        child.stdin?.write(frame(order));
      },
      async close() {
        child.stdin?.end();
        await child;
      },
    };
    void child.then(({ signal, exitCode }) => {
      if (recorder === made) recorder = null;
      fail([...open], `the recorder was ended ${signal ? `by ${signal}` : `with status ${exitCode}`}`);
    });
    return made;
  };
  const tell = (id: string, order: RecorderOrder): void => {
    if (open.has(id)) recorder?.send(order);
  };
  return {
    begin(head) {
      recorder ??= launch();
      open.add(head.id);
      recorder.send({ kind: 'begin', head, origin: origin() });
    },
    tick: (id, tick) => tell(id, { kind: 'tick', id, tick }),
    head: (head) => tell(head.id, { kind: 'head', head }),
    end: (head) => tell(head.id, { kind: 'end', head }),
    async close() {
      await recorder?.close();
    },
  };
}

/** The recorder's program: beside this file, or beside the server's when compiled into one. */
function recorderCommand(directory: string): string[] {
  const compiled = import.meta.url.endsWith('.js');
  const main = fileURLToPath(new URL(compiled ? './store/main.js' : './main.ts', import.meta.url));
  return [process.execPath, ...(compiled ? [] : ['--import', import.meta.resolve('tsx')]), main, directory];
}
