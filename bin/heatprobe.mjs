#!/usr/bin/env node
// The `heatprobe` command: brings what it needs (npm packages, a build of the present sources), then runs it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildIfChanged, buildProgramsIfChanged } from '../scripts/build.mjs';
import { installPackages, packagesAreInstalled } from '../scripts/npm.mjs';

const program = new URL('../dist/cli.js', import.meta.url);

/** A user who may not write here still runs what was built before. */
async function prepare() {
  try {
    if (process.env.HEATPROBE_NO_INSTALL === '1' && !packagesAreInstalled()) {
      return 'the npm packages are missing or out of date: npm ci';
    }
    return (
      (await installPackages()) ?? (await (process.argv[2] === 'serve' ? buildIfChanged() : buildProgramsIfChanged()))
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const reason = await prepare();
if (reason === undefined || existsSync(fileURLToPath(program))) await import(program.href);
else {
  console.error(`heatprobe: ${reason}`);
  process.exitCode = 6;
}
