// Files that a trace leaves behind: what is in them is what was measured.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { buildTarget } from '../targets/build.ts';
import { describeProbes, testIf } from './guard.ts';
import { documentOf, heatprobe } from './heatprobe.ts';
import { expectNothingLeft } from './leftovers.ts';
import { whyNot } from './measure.ts';

const sleeper = { target: 'c/sleep' } as const;

afterEach(expectNothingLeft);

describeProbes('files of a trace', () => {
  testIf(whyNot(sleeper), '--export writes the calls that the document counts, in each format', async () => {
    const executable = await buildTarget(sleeper.target);
    const directory = mkdtempSync(join(tmpdir(), 'heatprobe-'));
    const files = ['x.calls.csv', 'x.trace.json'].map((name) => join(directory, name));
    const words = ['trace', executable, 'doze', '--json', ...files.flatMap((file) => ['--export', file])];
    const document = documentOf(await heatprobe([...words, '--', executable, '20']));
    const [csv = '', json = ''] = files.map((file) => readFileSync(file, 'utf8'));
    rmSync(directory, { recursive: true });
    expect(document.calls.returned).toBeGreaterThan(0);
    expect(csv).toContain(`# returned: ${document.calls.returned}\r\n`);
    const calls = csv.split('\r\n').filter((line) => /^\d.*,returned,/.test(line));
    const counted = calls.reduce((sum, line) => sum + Number(line.split(',')[5]), 0);
    // Some were left out; the others stand for them, about.
    expect(counted / document.calls.returned).toBeGreaterThan(0.9);
    expect(counted / document.calls.returned).toBeLessThan(1.1);
    const { traceEvents } = JSON.parse(json) as { traceEvents: { ph: string }[] };
    expect(traceEvents.filter(({ ph }) => ph === 'X')).toHaveLength(calls.length);
  });
});
