// Every bpftrace that is supported counts the same.
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { bpftraces, isAtLeast } from '../../scripts/toolchain.mjs';
import { describeProbes, testIf } from './guard.ts';
import { documentOf, heatprobe } from './heatprobe.ts';
import { expectNothingLeft } from './leftovers.ts';
import {
  eachGo,
  expectEnd,
  expectExact,
  measureCommand,
  measureProcess,
  type Traced,
  titleOf,
  truthIn,
  truthOf,
  whyNot,
} from './measure.ts';

afterEach(expectNothingLeft);

/** The newest Go only: what differs between Gos does not depend on bpftrace, and each run costs seconds. */
const newestGo = (row: Traced): Traced[] => eachGo(row).slice(-1);

const commands: readonly Traced[] = [
  { target: 'c/recursion' },
  { target: 'c/threads' },
  { target: 'c/longjmp' },
  ...newestGo({ target: 'go/goroutines' }),
  ...newestGo({ target: 'go/panics', symbol: 'main.work' }),
  { target: 'cpp/throw' },
  { target: 'rust/panic' },
];

const processes: readonly Traced[] = [
  { target: 'c/threads' },
  ...newestGo({ target: 'go/panics', symbol: 'main.work' }),
  { target: 'cpp/throw' },
];

/** A version of each line: what changed between them is listed in the program generator. */
const wanted = [
  ['0.17', '0.20'],
  ['0.20', '0.24'],
  ['0.24', '99'],
] as const;

test.each(wanted)('a bpftrace from %s to before %s is there to be tested', (from, before) => {
  const found = bpftraces().map(({ version }) => version);
  const there = found.some((version) => isAtLeast(version, from) && !isAtLeast(version, before));
  if (process.env.REQUIRE_BPF === '1') expect(there, `only ${found.join(', ')}`).toBe(true);
});

for (const { version, path } of bpftraces()) {
  const options = { env: { HEATPROBE_BPFTRACE: path } };

  describeProbes(`bpftrace ${version}`, () => {
    // The first one is the default: exact.test.ts is about it.
    for (const row of path === bpftraces()[0]?.path ? [] : commands) {
      testIf(whyNot(row), `exact under a command: ${titleOf(row)}`, async () => {
        const measured = await measureCommand(row, options);
        expect(measured.document.bpftrace).toBe(version);
        expectExact(measured, truthOf(row, measured.truth));
        expectEnd(measured, 0);
      });
    }

    for (const row of processes) {
      testIf(whyNot(row), `exact in a running process: ${titleOf(row)}`, async () => {
        const measured = await measureProcess(row, options);
        expectExact(measured, truthOf(row, measured.truth));
        expect(measured.result.status).toBe(0);
      });
    }

    test('exact in node itself: deflate, which leaves by a return and through a part', async () => {
      const script = fileURLToPath(new URL('deflate.mjs', import.meta.url));
      const words = ['trace', process.execPath, 'deflate', '--json', '--', process.execPath, script, '300'];
      const result = await heatprobe(words, options);
      expectExact({ document: documentOf(result) }, truthIn(result.stderr));
    });

    testIf(whyNot({ target: 'c/rate' }), 'at full rate: 400,000 calls of 400,000 from two threads', async () => {
      const measured = await measureCommand({ target: 'c/rate' }, options);
      expect(measured.truth.calls).toBe(400_000);
      expectExact(measured, measured.truth);
    });
  });
}
