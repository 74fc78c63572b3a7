/**
 * Recordings of real traces, and their replay: bpftrace's own output goes through the same decoder and
 * assembler as a live one, at the speed at which it was made.
 *
 * A recording is two files: `NAME.json` (what was traced, and how) and `NAME.ndjson.gz` (bpftrace's output).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { type Problem, problem } from '../../lib/problem.ts';
import type { Planned, RecordingInfo } from '../../lib/protocol/gateway.ts';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { assembler } from '../../lib/stream/assemble.ts';
import { decoder } from '../../lib/stream/decode.ts';
import type { EpochMillis } from '../../lib/units.ts';
import type { Replay } from './sessions.ts';

/** The JSON half of a recording. */
export interface RecordingHead extends Planned {
  readonly title: string;
  readonly description: string;
  readonly isGo: boolean;
  readonly singlesPerBucket: number;
  /** Wall clock minus boot clock when it was made, in milliseconds. */
  readonly wallOffset: EpochMillis;
  /** Readable names of return addresses. */
  readonly names: readonly (readonly [number, string])[];
}

export interface Recordings {
  readonly list: () => RecordingInfo[];
  readonly open: (name: string) => Promise<Replay | Problem>;
}

export function createRecordings(directory: string): Recordings {
  const names = (): string[] => {
    try {
      return readdirSync(directory).flatMap((file) => /^([a-z0-9-]+)\.json$/.exec(file)?.[1] ?? []);
    } catch {
      return [];
    }
  };
  const head = (name: string): RecordingHead =>
    // Ships with the product; a file that is not what it says is a defect, and its test says so.
    JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8')) as RecordingHead;
  return {
    list: () => names().map((name) => ({ name, title: head(name).title, description: head(name).description })),
    async open(name) {
      // Compared with what is there, so that a name is never a path.
      if (!names().includes(name)) {
        return problem('usage', { message: `There is no recording ${name}.`, hint: 'Choose one of the list.' });
      }
      const recording = head(name);
      return replayOf(recording, ticksOf(recording, gunzipSync(readFileSync(join(directory, `${name}.ndjson.gz`)))));
    },
  };
}

/** All ticks of a recording, through the decoder and the assembler of live traces. */
export function ticksOf(head: RecordingHead, output: Uint8Array): Tick[] {
  const ticks: Tick[] = [];
  let at = 0;
  const assemble = assembler({
    isGo: head.isGo,
    singlesPerBucket: head.singlesPerBucket,
    now: () => head.wallOffset + at / 1e6,
    onTick: (tick) => ticks.push(tick),
    onFrozen: () => {},
  });
  const decode = decoder((message) => {
    if (message.kind === 'event' && message.letter === 't') at = message.numbers[0] ?? at;
    assemble.push(message);
  });
  decode.push(output);
  decode.end();
  const [first] = ticks;
  if (first) ticks[0] = { ...first, names: head.names };
  return ticks;
}

function replayOf(head: RecordingHead, ticks: readonly Tick[]): Replay {
  const stopped = new AbortController();
  const play: Replay['play'] = ({ onStatus, onTick }) => {
    const run = async (): Promise<void> => {
      onStatus({ state: 'tracing', since: Date.now(), loaded: { bpftracePid: 0, programs: [], sites: sitesOf(head) } });
      const begin = performance.now();
      const from = ticks[0]?.at ?? 0;
      for (const tick of ticks) {
        const wait = (tick.at - from) / 1e6 - (performance.now() - begin);
        if (wait > 0) await sleep(wait, undefined, { signal: stopped.signal, ref: false });
        onTick(tick);
      }
    };
    const end = (reason: string): SessionStatus => ({ state: 'ended', reason, removed: null });
    run().then(
      () => onStatus(end('The recording is over.')),
      () => onStatus(end('Stopped.')),
    );
  };
  return { planned: { subject: head.subject, plan: head.plan }, play, stop: () => stopped.abort() };
}

function sitesOf({ plan }: RecordingHead) {
  const sites = [plan.entry, ...plan.exits, ...plan.landings].flatMap((site) => (site ? [site] : []));
  return sites.map(({ path, address, place }) => ({ path, address, place }));
}
