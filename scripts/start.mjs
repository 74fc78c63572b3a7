// npm start: makes sure that everything is there (npm packages, bpftrace, a build of the present sources), then runs the
// server. HEATPROBE_NO_INSTALL=1: says what is missing instead of installing it.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { buildIfChanged } from './build.mjs';
import { installPackages, packagesAreInstalled } from './npm.mjs';
import { installCommand, installPrograms } from './packages.mjs';
import { which } from './run.mjs';
import { root } from './toolchain.mjs';

const mayInstall = process.env.HEATPROBE_NO_INSTALL !== '1';

const reason = (await bringPackages()) ?? (await bringBpftrace()) ?? (await buildIfChanged());
if (reason === undefined) serve(process.argv.slice(2));
else {
  console.error(`heatprobe: ${reason}`);
  process.exitCode = 1;
}

async function bringPackages() {
  if (mayInstall || packagesAreInstalled()) return installPackages();
  return 'the npm packages are missing or out of date: npm ci';
}

/** Without bpftrace the server still starts (recordings can be looked at), so this only warns. */
async function bringBpftrace() {
  if (which('bpftrace')) return undefined;
  if (!mayInstall) {
    console.error(`heatprobe: bpftrace is missing: ${installCommand(['bpftrace']) ?? 'install it'}`);
    return undefined;
  }
  console.error(`heatprobe: bpftrace is missing, installing it: ${installCommand(['bpftrace']) ?? ''}`);
  const failure = await installPrograms(['bpftrace']);
  if (failure !== undefined) console.error(`heatprobe: starting without bpftrace: ${failure}`);
  return undefined;
}

/** Runs the server in this one's place: same standard streams, same signals, same exit status. */
function serve(args) {
  const child = spawn(process.execPath, [join(root, 'dist/index.js'), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { NODE_ENV: 'production', ...process.env },
  });
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGUSR2']) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the child by itself: a second one would look like impatience.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(`heatprobe: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
