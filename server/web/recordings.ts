/**
 * Recordings of real traces, and their replay: bpftrace's own output goes through the same decoder and
 * assembler as a live one, at the speed at which it was made or at another.
 *
 * A recording is two files: `NAME.json` (what was traced, and how) and `NAME.ndjson.gz` (bpftrace's output).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Problem, problem } from '../../lib/problem.ts';
import type { Planned, RecordingInfo, ReplayPace } from '../../lib/protocol/gateway.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { assembler } from '../../lib/stream/assemble.ts';
import { decoder } from '../../lib/stream/decode.ts';
import type { EpochMillis } from '../../lib/units.ts';
import { type Player, playTicks } from './player.ts';
import type { Replay } from './session.ts';

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
  readonly open: (name: string, pace: ReplayPace) => Promise<Replay | Problem>;
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
    async open(name, pace) {
      // Compared with what is there, so that a name is never a path.
      if (!names().includes(name)) {
        return problem('usage', { message: `There is no recording ${name}.`, hint: 'Choose one of the list.' });
      }
      const recording = head(name);
      const output = gunzipSync(readFileSync(join(directory, `${name}.ndjson.gz`)));
      return replayOf(recording, ticksOf(recording, output), pace);
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

function replayOf(head: RecordingHead, ticks: readonly Tick[], pace: ReplayPace): Replay {
  let player: Player | null = null;
  const play: Replay['play'] = ({ onStatus, onTick }) => {
    onStatus({ state: 'tracing', since: Date.now(), loaded: { bpftracePid: 0, programs: [], sites: sitesOf(head) } });
    player = playTicks(ticks, onTick, pace);
    void player.done.then((toTheEnd) =>
      onStatus({ state: 'ended', cause: { kind: toTheEnd ? 'recording-over' : 'stopped' }, removed: null }),
    );
  };
  return {
    planned: { subject: head.subject, plan: head.plan },
    play,
    setPace: (next) => player?.setPace(next),
    stop: () => player?.stop(),
  };
}

function sitesOf({ plan }: RecordingHead) {
  const sites = [plan.entry, ...plan.exits, ...plan.landings].flatMap((site) => (site ? [site] : []));
  return sites.map(({ path, address, place }) => ({ path, address, place }));
}
