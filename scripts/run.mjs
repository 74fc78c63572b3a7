// Running other programs: found by name, run to the end, or asked for a line of output.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where a program is; also looked for where installers put it without touching PATH. */
export function which(name) {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/go/bin', '/usr/sbin', '/sbin'];
  places.push(join(homedir(), '.cargo/bin'));
  return places
    .filter((place) => place !== '')
    .map((place) => join(place, name))
    .find(isExecutable);
}

/** The output of a short command, or undefined if it cannot be run or fails. */
export function outputOf(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: 30_000, ...options });
  return done.status === 0 ? `${done.stdout}${done.stderr}` : undefined;
}

/** Runs a command with the terminal's output; resolves to its exit status (128 if a signal ended it, 127 if missing). */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 128));
  });
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
