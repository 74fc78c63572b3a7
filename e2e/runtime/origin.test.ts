// The story that began it: an RPC client whose calls are sometimes slow, traced without killing it.
import { afterEach, expect } from 'vitest';
import { buildTarget } from '../targets/build.ts';
import { type RunningTarget, startTarget, type Truth } from '../targets/start.ts';
import { describeProbes, testIf } from './guard.ts';
import { heatprobe } from './heatprobe.ts';
import { expectNothingLeft } from './leftovers.ts';
import { eachGo, expectEnd, expectExact, type Measured, measureCommand, measureProcess, whyNot } from './measure.ts';
import { runUnderUretprobe } from './uretprobe.ts';

afterEach(expectNothingLeft);

const SLEEP_US = 3000;
const CALL = 'net/rpc.(*Client).Call';

/** Runs the test's body beside a server that sleeps a known time in each call. */
async function withServer<Result>(go: string, body: (port: string) => Promise<Result>): Promise<Result> {
  const server: RunningTarget = startTarget(await buildTarget('go/rpcserver', { go }), [String(SLEEP_US)]);
  try {
    return await body(String((await server.firstLine).port));
  } finally {
    server.finish();
    await server.ended;
  }
}

/** The client's own median is around each call and includes it, so it can only be the larger one. */
function expectLatency({ document, truth }: Pick<Measured, 'document' | 'truth'>): void {
  const median = document.latency?.p50 ?? 0;
  const own = Number((truth as Truth & { medianNs: number }).medianNs);
  expect(median).toBeGreaterThanOrEqual(SLEEP_US * 1000);
  expect(Math.abs(median - own)).toBeLessThan(Math.max(0.03 * own, 2e6));
}

describeProbes(`${CALL}, with a server that sleeps`, () => {
  for (const row of ['unoptimised', 'plain'].flatMap((variant) =>
    eachGo({ target: 'go/rpcclient', variant } as const),
  )) {
    const how = row.variant === 'plain' ? 'optimised, called through an interface' : 'not optimised';
    testIf(
      whyNot(row),
      `every call is counted, the latency is right, the client lives (Go ${row.go}, ${how})`,
      async () => {
        const measured = await withServer(row.go, (port) => measureCommand({ ...row, args: [port, '400', '4'] }));
        expectExact(measured, measured.truth);
        expect(measured.truth.calls).toBe(400);
        expectLatency(measured);
        expectEnd(measured, 0);
      },
    );
  }

  for (const row of eachGo({ target: 'go/rpcclient', variant: 'unoptimised' } as const)) {
    testIf(whyNot(row), `the same for a client that runs already (Go ${row.go})`, async () => {
      const measured = await withServer(row.go, (port) => measureProcess({ ...row, args: [port, '400', '4'] }));
      expectExact(measured, measured.truth);
      expectLatency(measured);
      expect(measured.result.status).toBe(0);
      expect(measured.document.ended).toMatch(/has ended/);
    });

    testIf(whyNot(row), `a plain uretprobe kills that client (Go ${row.go})`, async () => {
      const executable = await buildTarget(row.target, row);
      const end = await withServer(row.go, (port) => runUnderUretprobe(executable, CALL, [port, '1000', '8']));
      expect(end.stderr).toMatch(/SIGILL|unexpected return pc|unknown caller pc/);
      expect(end.status).toBe(2);
    });
  }
});

for (const row of eachGo({ target: 'go/rpcclient', variant: 'inlined' } as const)) {
  testIf(whyNot(row), `inlined away: says so, and where (Go ${row.go})`, async () => {
    const executable = await buildTarget(row.target, row);
    for (const command of ['trace', 'plan']) {
      const { status, stdout, stderr } = await heatprobe([command, executable, CALL]);
      expect(status).toBe(3);
      expect(stdout).toBe('');
      expect(stderr).toContain(`${CALL} is in ${executable} only as inlined copies`);
      expect(stderr).toMatch(/placed its body into .*main\.callServer/);
    }
  });
}
