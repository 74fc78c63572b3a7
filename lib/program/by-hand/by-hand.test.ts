import { expect, test } from 'vitest';
import type { ProbeSpec, ProgramSpec } from '../spec.ts';
import { handProgram } from './program.ts';
import { handScript } from './script.ts';

const entry: ProbeSpec = { file: 0, alias: 'hp_0_entry', address: 0x1000, role: 'entry' };
const ret: ProbeSpec = {
  file: 0,
  alias: 'hp_0_ret0',
  address: 0x1010,
  role: 'exit',
  when: { kind: 'always' },
  shared: false,
};
const SPEC: Omit<ProgramSpec, 'bpftraceMinor'> = {
  files: ['/run/x/t0'],
  probes: [entry, ret],
  pairing: 'thread',
  goidOffset: null,
  entryIsLoopHead: false,
  scope: { kind: 'process', pid: 4242 },
  tracerPid: 99,
  hasBtf: true,
  singlesPerBucket: 20,
};

test('the program by hand prints no ticks and no single calls, and its maps have whole names', () => {
  const text = handProgram(SPEC);
  expect(text).not.toMatch(/printf|interval:/);
  expect(text).toContain('@latency_us = hist($l / 1000)');
  expect(text).not.toMatch(/@[a-z]{1,2}\b/);
  expect(text).not.toMatch(/\b99\b/);
});

test('no name and no path from outside can end its place in the script', () => {
  const script = handScript({
    functionName: "f\nreboot\n'; reboot #",
    path: "/tmp/$(reboot)'\n`reboot`",
    files: [
      {
        openPath: "/tmp/$(reboot)'\nreboot",
        buildIdNote: null,
        aliases: [{ name: 'hp_0_entry', vaddr: 0x1000 }],
        expected: [{ offset: 4096, bytes: Uint8Array.of(0x55, 0x48) }],
      },
    ],
    spec: SPEC,
  });
  expect(script).toContain("file='/tmp/$(reboot)'\\''\nreboot'\n");
  expect(script).toContain('expect "$file" 4096 2 5548');
  expect(script.split('\n').filter((line) => line.startsWith('reboot'))).toEqual(["reboot'"]);
});
