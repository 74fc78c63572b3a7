/** Traces a waiting process with the tracer's engine in this process, for what the command line does not show: ticks. */
import { expect } from 'vitest';
import { isProblem, type Problem } from '../../lib/problem.ts';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import { emptyTimeline, foldTick, type Timeline } from '../../lib/timeline/timeline.ts';
import { createEngine } from '../../server/tracer/engine.ts';
import { startTarget, type Truth } from '../targets/start.ts';
import { target } from '../targets/table.ts';
import { prepare, type Traced } from './measure.ts';

export interface Ticked {
  /** All ticks, folded. */
  readonly timeline: Timeline;
  readonly truth: Truth;
  readonly last: SessionStatus;
  readonly pid: number;
}

/** From before the process's first call to its end, by this bpftrace. */
export async function ticksOf(traced: Traced, bpftrace: string): Promise<Ticked> {
  const { executable, file, symbol } = await prepare(traced);
  const before = process.env.HEATPROBE_BPFTRACE;
  process.env.HEATPROBE_BPFTRACE = bpftrace;
  const running = startTarget(executable, traced.args, ['start']);
  const engine = createEngine();
  try {
    await running.firstLine;
    const opened = sure(await engine.open({ pid: running.pid, path: file === executable ? null : file }));
    const { id: symbolId } = sure(await engine.lookup(opened.id, symbol));
    const timeline = emptyTimeline();
    const statuses = watched();
    sure(
      await engine.trace({
        sessionId: 'one',
        binaryId: opened.id,
        symbolId,
        scope: { kind: 'process', pid: running.pid },
        onStatus: statuses.see,
        onTick: (tick) => expect(foldTick(timeline, tick)).toBe(true),
      }),
    );
    await statuses.tracing;
    running.release();
    const [truth, status, last] = await Promise.all([running.truth, running.ended, statuses.last]);
    expect(status).toBe(target(traced.target).exit ?? 0);
    return { timeline, truth, last, pid: running.pid };
  } finally {
    running.kill('SIGKILL');
    await engine.close();
    if (before === undefined) delete process.env.HEATPROBE_BPFTRACE;
    else process.env.HEATPROBE_BPFTRACE = before;
  }
}

function sure<Value>(value: Value | Problem): Value {
  if (isProblem(value)) throw new Error(`${value.message} ${value.hint}`);
  return value;
}

/** The status of a session as promises: tracing, and its last one. */
function watched() {
  const states = new Map<'tracing' | 'last', (status: SessionStatus) => void>();
  const promise = (name: 'tracing' | 'last') => new Promise<SessionStatus>((resolve) => states.set(name, resolve));
  const [tracing, last] = [promise('tracing'), promise('last')];
  return {
    tracing: Promise.race([tracing, last]),
    last,
    see(status: SessionStatus): void {
      if (status.state === 'tracing') states.get('tracing')?.(status);
      if (status.state === 'ended' || status.state === 'failed') states.get('last')?.(status);
    },
  };
}
