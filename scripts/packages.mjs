// Installs programs through the system's package manager.
import { run, which } from './run.mjs';

/** How each package manager installs without asking, in the order they are looked for. */
const managers = [
  { command: 'apt-get', refresh: ['-q', 'update'], install: ['-q', 'install', '-y', '--no-install-recommends'] },
  { command: 'dnf', install: ['install', '-y'] },
  { command: 'yum', install: ['install', '-y'] },
  { command: 'pacman', install: ['-Sy', '--needed', '--noconfirm'] },
  { command: 'zypper', install: ['--non-interactive', 'install'] },
  { command: 'apk', install: ['add'] },
];

/** A program's packages, where they are not just one of the program's name. */
const packageNames = {
  // Without recommendations, gcc comes without headers and a browser without any font.
  gcc: { 'apt-get': ['gcc', 'libc6-dev'] },
  chromium: { 'apt-get': ['chromium', 'fonts-dejavu-core'] },
  'chromium-headless-shell': { 'apt-get': ['chromium-headless-shell', 'fonts-dejavu-core'] },
  go: { 'apt-get': 'golang-go', dnf: 'golang', yum: 'golang', apk: 'go' },
  'g++': { dnf: 'gcc-c++', yum: 'gcc-c++', pacman: 'gcc', zypper: 'gcc-c++' },
  rustc: { dnf: 'rust', yum: 'rust', pacman: 'rust', zypper: 'rust', apk: 'rust' },
};

/** "apt-get install -y bpftrace": what one would type, or undefined where no known manager is. */
export function installCommand(programs) {
  const manager = managers.find(({ command }) => which(command));
  return manager && [manager.command, ...manager.install, ...packagesOf(manager, programs)].join(' ');
}

let refreshed = false;

/** Installs programs; resolves to undefined, or to the reason why not. */
export async function installPrograms(programs) {
  const manager = managers.find(({ command }) => which(command));
  if (manager === undefined) return 'no known package manager (apt-get, dnf, yum, pacman, zypper, apk)';
  const prefix = await privilege();
  if (prefix === undefined) return `this needs root: sudo ${installCommand(programs)}`;
  if (manager.refresh && !refreshed) {
    await runAs(prefix, manager.command, manager.refresh);
    refreshed = true;
  }
  const packages = packagesOf(manager, programs);
  const status = await runAs(prefix, manager.command, [...manager.install, ...packages]);
  return status === 0 ? undefined : `${manager.command} could not install ${packages.join(' ')} (status ${status})`;
}

const packagesOf = (manager, programs) => programs.flatMap((name) => packageNames[name]?.[manager.command] ?? name);

/** The words before a command that give it root: none for root, sudo if it asks no password, else undefined. */
async function privilege() {
  if (process.getuid?.() === 0) return [];
  const quiet = { stdio: 'ignore' };
  return which('sudo') && (await run('sudo', ['-n', 'true'], quiet)) === 0 ? ['sudo', '-n'] : undefined;
}

function runAs(prefix, command, args) {
  // `env` because sudo drops the environment. Standard output is for results, so the manager's talk goes to stderr.
  const words = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', command, ...args];
  return run(words[0], words.slice(1), { stdio: ['ignore', 2, 2] });
}
