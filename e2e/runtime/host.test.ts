// Hosts on which a trace cannot be: it says why and ends, instead of waiting for ever.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { buildTarget } from '../targets/build.ts';
import { describeProbes, testIf } from './guard.ts';
import { heatprobe } from './heatprobe.ts';
import { expectNothingLeft } from './leftovers.ts';
import { whyNot } from './measure.ts';

const sleeper = 'c/sleep';
const missing = whyNot({ target: sleeper });
/** A mount namespace of its own, in which /run is so small that a directory fits, but nothing in it. */
const FULL = ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs -o size=4k,nr_inodes=3 none /run && exec "$@"', 'sh'];
const CONTAINER = ['unshare', '--pid', '--fork', '--mount-proc'];

/** A stand-in for a bpftrace that attaches, and whose program never hears that it should count. */
const SILENT = `#!/bin/sh
[ "$1" = --version ] && exec echo 'bpftrace v0.23.2'
trap : USR1 USR2 HUP CONT
echo __BPFTRACE_NOTIFY_PROBES_ATTACHED >&2
while :; do sleep 0.2; done
`;

afterEach(expectNothingLeft);

describeProbes('a host that cannot trace', () => {
  testIf(missing, 'no room in /run: exit status 6 and the reason', async () => {
    const executable = await buildTarget(sleeper);
    const { status, stderr } = await heatprobe(['trace', executable, 'doze', '--json'], { through: FULL });
    expect(stderr).toMatch(/could not be written to \/run: the disk is full\.\n.+/);
    expect(status).toBe(6);
  });

  testIf(missing, 'a PID namespace of its own: the check of the host fails and says what to do', async () => {
    const { status, stdout } = await heatprobe(['doctor', '--json'], { through: CONTAINER });
    const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string; remedy: string }[] };
    const check = checks.find(({ name }) => name === 'Process namespace');
    expect(check).toMatchObject({ state: 'failed', remedy: expect.stringMatching(/--pid=host.*hostPID: true/) });
    expect(status).toBe(5);
  });

  testIf(missing, 'a program that never begins to count: exit status 6 after 10 s', async () => {
    const executable = await buildTarget(sleeper);
    const folder = mkdtempSync(join(tmpdir(), 'heatprobe-test-'));
    const bpftrace = join(folder, 'bpftrace');
    writeFileSync(bpftrace, SILENT);
    chmodSync(bpftrace, 0o755);
    try {
      const env = { HEATPROBE_BPFTRACE: bpftrace };
      const { status, stderr } = await heatprobe(['trace', executable, 'doze', '--json'], { env });
      expect(stderr).toMatch(/for 10 s bpftrace has not said that it counts\.\n.*PID namespace/);
      expect(status).toBe(6);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
