// The tools that are there: compilers, Go toolchains, bpftraces. It only looks; tools.mjs brings what is missing.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputOf, which } from './run.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Everything that can be made again: builds of targets, unpacked tools, hashes of what was built. */
export const cacheDirectory = join(root, '.cache');

/** Where a package of another suite is unpacked. */
export const unpackedDirectory = (name, suite) => join(cacheDirectory, `${name}-${suite}`);

let knownGo;

/** Every Go toolchain: the installed one first, then those unpacked under .cache. */
export function goToolchains() {
  knownGo ??= goCandidates().flatMap(describeGo);
  return knownGo;
}

/** A compiler by its command name, or undefined. */
export function compiler(name) {
  const bin = which(name);
  const version = bin && outputOf(bin, ['--version'])?.split('\n')[0];
  return version ? { bin, version } : undefined;
}

let knownBpftraces;

/** Every bpftrace: the installed one first, then those unpacked under .cache. Each version once. */
export function bpftraces() {
  knownBpftraces ??= uniqueVersions(
    [which('bpftrace'), ...cached('bpftrace-').map((directory) => join(directory, 'bpftrace'))].flatMap(
      describeBpftrace,
    ),
  );
  return knownBpftraces;
}

/** Chromium without windows: half a second less for each test. */
export const headlessShell = 'chromium-headless-shell';

/** A browser for the browser tests, or undefined. */
export const chromium = () => [headlessShell, 'chromium', 'chromium-browser', 'google-chrome'].map(which).find(Boolean);

/** Forgets what was found, after something has been installed. */
export function forgetTools() {
  knownGo = undefined;
  knownBpftraces = undefined;
}

/** Whether a is at least b, both "major.minor[.patch]". */
export function isAtLeast(a, b) {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (const [i, part] of right.entries()) {
    if ((left[i] ?? 0) !== part) return (left[i] ?? 0) > part;
  }
  return true;
}

/** Nothing may be downloaded while a target builds, and a toolchain must not replace itself by another one. */
function goEnvironment(goroot) {
  const fixed = {
    CGO_ENABLED: '0',
    GOTOOLCHAIN: 'local',
    GOPROXY: 'off',
    GOFLAGS: '',
    GO111MODULE: 'on',
    GOWORK: 'off',
  };
  const caches = { GOCACHE: join(cacheDirectory, 'go-build'), GOPATH: join(cacheDirectory, 'go-path') };
  return { ...fixed, ...caches, ...(goroot ? { GOROOT: goroot } : {}) };
}

function goCandidates() {
  const installed = which('go');
  const unpacked = cached('go-').flatMap((directory) => {
    const library = join(directory, 'root/usr/lib');
    if (!existsSync(library)) return [];
    const roots = readdirSync(library).filter((name) => name.startsWith('go-'));
    return roots.map((name) => ({ bin: join(library, name, 'bin/go'), goroot: join(library, name) }));
  });
  return [...(installed ? [{ bin: installed }] : []), ...unpacked];
}

function describeGo({ bin, goroot }) {
  const env = goEnvironment(goroot);
  // "go version go1.19.8 linux/amd64"
  const said = outputOf(bin, ['version'], { env: { ...process.env, ...env } });
  const version = said?.match(/go(\d+\.\d+(?:\.\d+)?)/)?.[1];
  return version ? [{ version, bin, env }] : [];
}

function describeBpftrace(path) {
  // "bpftrace v0.17.0"
  const version = path && existsSync(path) && outputOf(path, ['--version'])?.match(/v?(\d+\.\d+(?:\.\d+)?)/)?.[1];
  return version ? [{ version, path }] : [];
}

function uniqueVersions(tools) {
  return tools.filter(({ version }, i) => tools.findIndex((other) => other.version === version) === i);
}

function cached(prefix) {
  if (!existsSync(cacheDirectory)) return [];
  const names = readdirSync(cacheDirectory).filter((name) => name.startsWith(prefix));
  return names.sort().map((name) => join(cacheDirectory, name));
}
