/** Made-up sessions for tests: as varied as real ones, and the same each time. */

import { bucketOf } from '../../lib/latency/buckets.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { CALL_STRIDE, type Tick } from '../../lib/protocol/tick.ts';

export function someHead(id: string): SessionHead {
  return {
    id,
    createdAt: Date.UTC(2026, 0, 15, 13),
    subject: {
      path: '/srv/app/client',
      pid: 4242,
      processName: 'client',
      buildId: 'ab12',
      language: 'go',
      languageVersion: '1.24.3',
      symbol: {
        id: 1,
        name: 'net/rpc.(*Client).Call',
        demangled: 'net/rpc.(*Client).Call',
        size: 343,
        address: 0x4f2a00,
        source: 'symtab',
      },
    },
    plan: {
      verdict: 'safe',
      summary: 'Every way out is known.',
      reasons: [],
      warnings: [],
      returns: 'exit sites',
      pairing: 'goroutine and stack depth',
      entry: null,
      exits: [],
      landings: [],
      unwoundExact: true,
      cost: '',
      costPerCall: null,
      alsoAffected: [],
      inlined: [],
      program: '',
    },
    status: { state: 'tracing', since: Date.UTC(2026, 0, 15, 13), loaded: { bpftracePid: 1, programs: [], sites: [] } },
    loaded: null,
    returned: 0,
    command: null,
    replay: false,
    viewers: 0,
    recording: { state: 'on' },
  };
}

/** Tick `seq` with so many single calls of a service: log-normal latencies, twelve threads, goroutines that come and go. */
export function someTick(seq: number, calls: number): Tick {
  const random = generator(seq);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const [at, span] = [1.5e15 + seq * 1e8, 1e8];
  const rows = new Float64Array(calls * CALL_STRIDE);
  const counts = new Map<number, number>();
  for (let call = 0; call < calls; call++) {
    const duration = Math.floor(2e5 * Math.exp(1.2 * normal()));
    const ended = Math.floor(at - span + ((call + random()) / calls) * span);
    const goroutine = 1e5 + seq * 300 + Math.floor(random() * 3000);
    const tid = 4242 + Math.floor(random() * 12);
    const caller = [0x4f3011, 0x4f30a5, 0x51aa17][Math.floor(random() * 3)] ?? 0;
    rows.set([ended - duration, duration, 4242, tid, goroutine, caller, 1, 0], call * CALL_STRIDE);
    counts.set(bucketOf(duration), (counts.get(bucketOf(duration)) ?? 0) + 1);
  }
  const returned = seq * calls;
  return {
    seq,
    at,
    span,
    wallAt: Date.UTC(2026, 0, 15, 13) + seq * 100,
    buckets: Float64Array.from([...counts].flat()),
    totals: { entered: returned + 3, returned, unwound: 0, cutOff: 0, inFlight: 3, unmatched: 0, lost: 0 },
    latency: { min: 1000, max: 5e7, sum: returned * 4e5 },
    calls: rows,
    names: seq === 1 ? [[0x4f3011, 'main.(*server).handle+0x91']] : [],
    processes: [{ pid: 4242, entered: returned + 3, returned, unwound: 0, unmatched: 0, ended: false }],
    open:
      seq % 10 === 0 ? [{ start: at - 5e6, pid: 4242, who: 'c000102000', tid: 4242, goroutine: 7, caller: 0 }] : null,
    alarms: [],
  };
}

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
