// Brings the tools that the tests need: compilers, bpftrace, a browser, and the other versions they are tested with.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPrograms } from './packages.mjs';
import { outputOf, which } from './run.mjs';
import { unpackFromSuite, writeLauncher } from './suite.mjs';
import {
  cacheDirectory,
  chromium,
  forgetTools,
  goToolchains,
  headlessShell,
  isAtLeast,
  unpackedDirectory,
} from './toolchain.mjs';

/** Programs of the system; each is installed by itself, so that one that cannot be had does not take others along. */
const programs = ['gcc', 'g++', 'make', 'go', 'rustc', 'bpftrace'];

/** bpftrace beside the installed one: their output, their probes and their limits differ. */
const otherBpftraces = ['trixie', 'sid'];

/** The goroutine and the prologue changed after the Go that stable distributions have. */
const newerGo = { least: '1.21', version: '1.24', suite: 'trixie', package: 'golang-1.24-go' };

/**
 * Brings what is missing; resolves to what could not be had, as { tool, reason, wanted } (wanted: a test run that must
 * be complete fails without it).
 */
export async function bringTestTools() {
  const missing = [];
  for (const name of programs) {
    if (!which(name)) missing.push({ tool: name, reason: await installed(name), wanted: name !== 'rustc' });
  }
  // Only Debian has it as a package; any other Chromium does as well.
  if (!which(headlessShell) && which('apt-get')) await installed(headlessShell);
  if (!chromium()) missing.push({ tool: 'chromium', reason: await installed('chromium'), wanted: true });
  missing.push({ tool: `Go ${newerGo.version}`, reason: await bringGo(), wanted: true });
  for (const suite of otherBpftraces) {
    missing.push({ tool: `bpftrace from ${suite}`, reason: await bringBpftrace(suite), wanted: false });
  }
  forgetTools();
  return missing.filter(({ reason }) => reason !== undefined);
}

async function installed(name) {
  console.error(`heatprobe: ${name} is missing, installing it`);
  const reason = await installPrograms([name]);
  forgetTools();
  return reason;
}

async function bringGo() {
  if (goToolchains().some(({ version }) => isAtLeast(version, newerGo.least))) return undefined;
  const directory = join(cacheDirectory, `go-${newerGo.version}`);
  console.error(`heatprobe: unpacking Go ${newerGo.version} into ${directory}`);
  return unpackFromSuite(newerGo.suite, [newerGo.package], directory);
}

async function bringBpftrace(suite) {
  const directory = unpackedDirectory('bpftrace', suite);
  if (existsSync(join(directory, 'bpftrace'))) return undefined;
  console.error(`heatprobe: unpacking bpftrace of ${suite} into ${directory}`);
  const reason = await unpackFromSuite(suite, ['bpftrace'], directory);
  if (reason !== undefined) return reason;
  writeLauncher(directory, 'bpftrace');
  return outputOf(join(directory, 'bpftrace'), ['--version']) ? undefined : `the bpftrace of ${suite} does not run`;
}
