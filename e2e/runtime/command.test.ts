// A command that heatprobe starts itself: held until the probes are there, reported when it ends, never left behind.
import { afterEach, expect } from 'vitest';
import { bpftraces } from '../../scripts/toolchain.mjs';
import { buildTarget } from '../targets/build.ts';
import { startTarget } from '../targets/start.ts';
import { describeProbes, testIf } from './guard.ts';
import { documentOf, heatprobe, startHeatprobe } from './heatprobe.ts';
import { expectNothingLeft, ourBpftraces, ours, until } from './leftovers.ts';
import { expectExact, truthsIn, whyNot } from './measure.ts';

const SYMBOL = 'doze';
/** Sleeps for minutes: whatever ends here, it is not the command by itself. */
const ENDLESS = ['1000'];
const sleeper = { target: 'c/sleep' } as const;
const missing = whyNot(sleeper);

afterEach(expectNothingLeft);

describeProbes('a trace of a command', () => {
  testIf(
    missing,
    'Ctrl-C while the probes are being attached leaves neither probes nor a waiting command',
    async () => {
      const executable = await buildTarget(sleeper.target);
      for (const signal of ['SIGINT', 'SIGKILL'] as const) {
        const cli = startHeatprobe(['trace', executable, SYMBOL, '--json', '--', executable, ...ENDLESS]);
        await until('bpftrace has been started', () => ourBpftraces().length > 0);
        cli.interrupt(signal);
        expect((await cli.result).status).not.toBe(0);
        await until('everything has gone', () => ours().length === 0, 5000);
      }
    },
  );

  testIf(missing, '--duration ends the command with SIGTERM', async () => {
    const executable = await buildTarget(sleeper.target);
    const words = ['trace', executable, SYMBOL, '--json', '--duration', '1s', '--', executable, ...ENDLESS];
    const result = await heatprobe(words);
    expect(documentOf(result)).toMatchObject({
      command: { exitCode: null, signal: 'SIGTERM' },
      calls: { exact: true },
    });
    expect(result.status).toBe(0);
  });

  testIf(missing, 'a command that calls nothing leaves an empty document', async () => {
    const executable = await buildTarget(sleeper.target);
    const result = await heatprobe(['trace', executable, SYMBOL, '--json', '--', 'sh', '-c', 'exit 7']);
    const document = documentOf(result);
    expect(document.command).toEqual({ exitCode: 7, signal: null });
    expect(document).toMatchObject({
      calls: { entered: 0, returned: 0, lost: 0, exact: true },
      latency: null,
      histogram: [],
    });
    expect(document.ended).toMatch(/^The command has ended with exit status 7\. It never ran .+sleep, so no call/);
    expect(truthsIn(result.stderr)).toEqual([]);
    expect(result.status).toBe(0);
  });

  testIf(
    missing,
    'a command that runs the target without calling the function is told from one that never runs it',
    async () => {
      const executable = await buildTarget(sleeper.target);
      const command = ['sh', '-c', '"$0" 0; true', executable];
      for (const { path } of bpftraces()) {
        const env = { HEATPROBE_BPFTRACE: path };
        const [called, idle] = [
          await heatprobe(['trace', executable, SYMBOL, '--json', '--', 'sh', '-c', '"$0" 1', executable], { env }),
          await heatprobe(['trace', executable, SYMBOL, '--json', '--', ...command], { env }),
        ];
        expect(documentOf(called).ended).toBe('The command has ended with exit status 0.');
        expect(documentOf(idle).ended).toMatch(/It ran .+sleep, but the function was not called\.$/);
      }
    },
  );

  testIf(missing, 'every process that runs the file is counted when none is named', async () => {
    const executable = await buildTarget(sleeper.target);
    const [one, other] = [startTarget(executable, [], ['start']), startTarget(executable, [], ['start'])];
    await Promise.all([one.firstLine, other.firstLine]);
    const cli = startHeatprobe(['trace', executable, SYMBOL, '--json']);
    await cli.tracing;
    for (const target of [one, other]) target.release();
    const truths = await Promise.all([one.truth, other.truth]);
    await Promise.all([one.ended, other.ended]);
    cli.interrupt('SIGINT');
    const document = documentOf(await cli.result);
    const [calls, returned] = [truths[0].calls + truths[1].calls, truths[0].returned + truths[1].returned];
    expectExact({ document }, { calls, returned, unwound: 0, open: 0 });
    expect(document.processes.map(({ pid }) => pid).sort()).toEqual([one.pid, other.pid].sort());
  });
});
