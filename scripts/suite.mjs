// Unpacks packages of another Debian suite under .cache, without installing them: other versions of a tool, side by side
// with the system's. apt resolves the dependencies with lists and a package state of its own, so that the system's
// own apt is neither read (but for its mirror) nor written.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { run, which } from './run.mjs';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Unpacks packages into directory/root; resolves to undefined, or to the reason why not. */
export async function unpackFromSuite(suite, packages, directory) {
  const mirror = debianMirror();
  if (!which('apt-get') || !which('dpkg-deb') || mirror === undefined || !existsSync(keyring)) {
    return 'needs a Debian system with its mirror in the apt sources';
  }
  const aside = `${directory}.unpacking`;
  rmSync(aside, { recursive: true, force: true });
  try {
    const reason = await downloadAndUnpack(suite, packages, aside, mirror);
    if (reason !== undefined) return reason;
    rmSync(directory, { recursive: true, force: true });
    renameSync(aside, directory);
    return undefined;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Writes directory/<name>: runs the unpacked program with the libraries it was unpacked with. */
export function writeLauncher(directory, name) {
  const loader = findFile(join(directory, 'root'), /^ld-linux.*\.so\.\d+$/);
  const libraries = [...new Set(libraryFolders(join(directory, 'root')))].map((folder) => `$here/${folder}`);
  const script = [
    '#!/bin/sh',
    // The folder may be moved together with its repository.
    'here=$(dirname "$(readlink -f "$0")")/root',
    `exec "$here/${loader}" --library-path "${libraries.join(':')}" "$here/usr/bin/${name}" "$@"`,
    '',
  ];
  writeFileSync(join(directory, name), script.join('\n'));
  chmodSync(join(directory, name), 0o755);
}

async function downloadAndUnpack(suite, packages, directory, mirror) {
  const state = join(directory, 'apt');
  for (const folder of ['lists/partial', 'archives/partial']) mkdirSync(join(state, folder), { recursive: true });
  mkdirSync(join(directory, 'root'));
  writeFileSync(join(state, 'sources.list'), `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`);
  // An empty state: every dependency counts as missing, so that all libraries come along.
  writeFileSync(join(state, 'status'), '');
  const apt = (...args) => run('apt-get', [...aptOptions(state), ...args], aptEnvironment);
  if ((await apt('-q', 'update')) !== 0) return `no package lists of ${suite}`;
  if ((await apt('-q', 'install', '-y', '--download-only', ...packages)) !== 0) {
    return `${suite} did not give ${packages.join(' ')}`;
  }
  const archives = join(state, 'archives');
  for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
    if ((await run('dpkg-deb', ['-x', join(archives, name), join(directory, 'root')])) !== 0)
      return `${name} is broken`;
  }
  rmSync(state, { recursive: true });
  return undefined;
}

const aptEnvironment = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };

function aptOptions(state) {
  const settings = {
    'Dir::Etc::sourcelist': join(state, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State': state,
    'Dir::State::Lists': join(state, 'lists'),
    'Dir::State::status': join(state, 'status'),
    'Dir::Cache::Archives': join(state, 'archives'),
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    'APT::Install-Recommends': 'false',
    // apt gives up root while downloading, and could then not write into a private folder.
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** The mirror of the system's own apt sources: lines "URIs: <address>" or "deb [options] <address> suite ...". */
function debianMirror() {
  const files = ['/etc/apt/sources.list', ...listOf('/etc/apt/sources.list.d')].filter((file) => existsSync(file));
  const text = files
    .filter((file) => /sources\.list$|debian\.sources$/.test(file))
    .map((file) => readFileSync(file, 'utf8'));
  const addresses = [...text.join('\n').matchAll(/^(?:URIs:|deb(?: \[[^\]]*\])?)\s+(\S+)/gm)].map((match) => match[1]);
  return addresses.find((address) => /\/debian\/?$/.test(address));
}

const listOf = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);

/** Every regular or linked file below a folder, as paths relative to it. */
function* filesBelow(folder, prefix = '') {
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = join(prefix, entry.name);
    if (entry.isDirectory()) yield* filesBelow(folder, path);
    else yield path;
  }
}

function findFile(folder, pattern) {
  for (const path of filesBelow(folder)) if (pattern.test(path.split('/').at(-1))) return path;
  return undefined;
}

function* libraryFolders(folder) {
  for (const path of filesBelow(folder)) if (/\.so\.[\d.]+$/.test(path)) yield path.slice(0, path.lastIndexOf('/'));
}
