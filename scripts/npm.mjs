// The npm packages of this repository: installed when they are not what package-lock.json says.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { root } from './toolchain.mjs';

/** Whether node_modules holds every package of the lock file in its version (npm writes down what it installed). */
export function packagesAreInstalled() {
  const installed = packagesIn(join(root, 'node_modules/.package-lock.json'));
  const wanted = packagesIn(join(root, 'package-lock.json'));
  if (installed === undefined || wanted === undefined) return false;
  // Optional packages are for other platforms.
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) => path === '' || optional || peer || installed[path]?.version === version,
  );
}

/** Installs the packages if need be; resolves to undefined, or to the reason why not. */
export async function installPackages() {
  if (packagesAreInstalled()) return undefined;
  console.error('heatprobe: installing npm packages (npm ci)');
  // Output goes to stderr; development packages are needed to build, whatever NODE_ENV says.
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const status = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], options);
  if (status === 0) return undefined;
  return `"npm ci" failed with status ${status}. Look at its message above; if package.json and package-lock.json disagree, "npm install" mends it.`;
}

function packagesIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}
