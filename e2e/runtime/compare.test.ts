// Two traces of a real program, compared: a function that became slower is found, and one that did not is not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect } from 'vitest';
import { describeProbes, testIf } from './guard.ts';
import { heatprobe } from './heatprobe.ts';
import { expectNothingLeft } from './leftovers.ts';
import { measureCommand, type Traced, whyNot } from './measure.ts';

const directory = mkdtempSync(join(tmpdir(), 'heatprobe-compare-'));
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(expectNothingLeft);

/** A trace's document in a file of its own. */
async function traced(file: string, row: Traced): Promise<string> {
  const path = join(directory, file);
  const { result } = await measureCommand(row);
  writeFileSync(path, result.stdout);
  return path;
}

/** A call lasts as long as all calls below it: ten times as deep is about ten times as slow. */
const shallow = { target: 'c/recursion', args: ['300', '12'] } as const;
const deep = { target: 'c/recursion', args: ['300', '120'] } as const;
/** Long enough for ticks to be compared with each other. */
const long = { target: 'c/recursion', args: ['3000', '12'] } as const;

describeProbes('two traces of one program', () => {
  testIf(
    whyNot(deep),
    'with other latencies: the sentence says what rose, and the condition fails the build',
    async () => {
      const [before, after] = [await traced('shallow.json', shallow), await traced('deep.json', deep)];
      const compared = await heatprobe(['compare', before, after, '--fail-if', 'p50 > 2x']);
      expect(compared.stdout).toMatch(/^p[\d.]+ rose from [\d.]+ .+\(95 % CI .+\)/);
      expect(compared.stdout).toMatch(/^p50 > 2x: holds \(/m);
      expect(compared.status).toBe(1);
      const turned = await heatprobe(['compare', after, before, '--fail-if', 'p50 > 1x']);
      expect(turned.stdout).toMatch(/^p[\d.]+ fell from /);
      expect(turned.status).toBe(0);
    },
  );

  testIf(whyNot(shallow), 'with the same latencies: no condition holds', async () => {
    const [one, other] = [await traced('one.json', long), await traced('other.json', long)];
    const words = ['compare', one, other, '--fail-if', 'p50 > 1.5x', '--fail-if', 'p50 < 0.5x', '--json'];
    const compared = await heatprobe(words);
    const { a, notes, conditions } = JSON.parse(compared.stdout);
    expect(a.calls).toBe(36_000);
    expect(notes.join(' ')).not.toContain('taken for independent');
    expect(conditions.map(({ outcome }: { outcome: string }) => outcome)).not.toContain('met');
    expect([0, 4]).toContain(compared.status);
  });
});
