/**
 * Makes the recordings that ship with the repository: real traces, kept as bpftrace printed them.
 * Needs root and bpftrace. Usage: tsx e2e/recordings/record.ts [seconds]
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { isProblem } from '../../lib/problem.ts';
import { openBinary } from '../../server/tracer/binary/open.ts';
import { findBpftrace } from '../../server/tracer/bpftrace/version.ts';
import { canFilterByProcess, hasBtf, maxMapKeys } from '../../server/tracer/host.ts';
import { lookUp } from '../../server/tracer/lookup.ts';
import { makePlan } from '../../server/tracer/planning.ts';
import { startTrace } from '../../server/tracer/trace.ts';
import type { RecordingHead } from '../../server/web/recordings.ts';
import { buildTarget } from '../targets/build.ts';

const seconds = Number(process.argv[2] ?? 30);
const here = fileURLToPath(new URL('.', import.meta.url));

await record({
  name: 'node-deflate',
  title: 'zlib in node: deflate at three speeds',
  description: 'The demo workload: small, medium and large buffers, compressed on one thread.',
  command: [process.execPath, fileURLToPath(new URL('../../server/demo/workload.mjs', import.meta.url))],
  symbol: 'deflate',
});
await record({
  name: 'go-handle',
  title: 'A Go service: main.handle',
  description: 'Many goroutines; most calls take 50 µs or 2 ms, some 20 ms, a few 300 ms.',
  command: [await buildTarget('go/spin', { variant: 'stripped' }), '0', '300'],
  symbol: 'main.handle',
});
process.exit(0);

interface Wanted {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly command: readonly string[];
  readonly symbol: string;
}

async function record({ name, title, description, command, symbol: symbolName }: Wanted): Promise<void> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  const pid = child.pid ?? 0;
  const binary = await openBinary({ pid });
  const bpftrace = await findBpftrace();
  if (isProblem(binary) || !bpftrace) throw new Error('the target or bpftrace is missing');
  const symbol = await lookUp(binary, symbolName);
  if (isProblem(symbol)) throw new Error(symbol.message);
  const planning = await makePlan(binary, symbol, { scope: { kind: 'process', pid }, bpftrace, hasBtf: hasBtf() });
  if (!planning.executable) throw new Error(planning.report.summary);
  const output: Uint8Array[] = [];
  const names: (readonly [number, string])[] = [];
  let wallOffset = Number.POSITIVE_INFINITY;
  const trace = startTrace({
    executable: planning.executable,
    siteBytes: [],
    targetIsProgram: true,
    bpftrace,
    filterInKernel: canFilterByProcess(bpftrace.minor),
    maxMapKeys: maxMapKeys(),
    onStatus: () => {},
    onTick(tick) {
      names.push(...tick.names);
      wallOffset = Math.min(wallOffset, tick.wallAt - tick.at / 1e6);
    },
    onOutput: (bytes) => output.push(bytes.slice()),
  });
  await sleep(seconds * 1000);
  trace.stop();
  await trace.done;
  child.kill();
  const { buildId, language, languageVersion } = binary;
  const processName = program.split('/').at(-1) ?? '';
  const head: RecordingHead = {
    title,
    description,
    subject: { path: `/usr/bin/${processName}`, pid, processName, buildId, language, languageVersion, symbol },
    plan: { ...planning.report, alsoAffected: [] },
    isGo: planning.executable.isGo,
    singlesPerBucket: planning.executable.spec.singlesPerBucket,
    wallOffset,
    names,
  };
  writeFileSync(`${here}${name}.json`, `${JSON.stringify(head, null, 1)}\n`.replaceAll(binary.openPath, head.subject.path));
  writeFileSync(`${here}${name}.ndjson.gz`, gzipSync(Buffer.concat(output), { level: 9 }));
}
