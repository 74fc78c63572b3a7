// Builds the app into .next/ and the server's programs into dist/, if their sources changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './run.mjs';
import { cacheDirectory, root } from './toolchain.mjs';

/** The programs; each becomes dist/<same path>.js. */
const programs = ['server/index.ts', 'server/cli.ts', 'server/tracer/main.ts', 'server/store/main.ts'];

/** Configuration at the top of the repository that changes how the pages are built. */
const isConfiguration = (name) => /^(next|postcss|tailwind)\.config\./.test(name);

/** Tests are no part of it: running them must not cause a build. */
const isTest = (name) => /\.test\.tsx?$/.test(name);

const outputOf = (program) => program.replace(/^server/, 'dist').replace(/\.ts$/, '.js');

/** What is built, from which files, into which; each with a stamp of its own. */
const parts = {
  programs: {
    sources: () => ['lib', 'server', 'package-lock.json', 'tsconfig.json'],
    outputs: () => programs.map(outputOf),
    build: buildPrograms,
  },
  pages: {
    sources: () => ['app', 'components', 'lib', 'public', 'package-lock.json', 'tsconfig.json', ...configuration()],
    outputs: () => ['.next/BUILD_ID'],
    build: buildPages,
  },
};

/** Builds everything if need be; resolves to undefined, or to the reason why not. */
export async function buildIfChanged() {
  return (await buildPart('programs')) ?? (await buildPart('pages'));
}

/** Builds only what the command line needs. */
export const buildProgramsIfChanged = () => buildPart('programs');

async function buildPart(name) {
  const { sources, outputs, build } = parts[name];
  const stamp = join(cacheDirectory, `built-${name}`);
  // The hash from before the build: a file changed meanwhile leads to another build.
  const hash = hashOf(sources());
  const isThere = outputs().every((output) => existsSync(join(root, output)));
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return undefined;
  console.error(`heatprobe: building the ${name} (their sources changed)`);
  const reason = await build();
  if (reason !== undefined) return reason;
  mkdirSync(cacheDirectory, { recursive: true });
  writeFileSync(stamp, hash);
  return undefined;
}

/** npm packages stay outside of the bundle: Next.js must not be there twice. */
async function buildPrograms() {
  const args = ['--bundle', '--platform=node', '--format=esm', '--target=node20', '--packages=external'];
  args.push('--sourcemap', '--outbase=server', '--outdir=dist', '--log-level=warning');
  const status = await runTool('esbuild', [...programs, ...args]);
  return status === 0 ? undefined : `esbuild failed with status ${status}`;
}

async function buildPages() {
  const status = await runTool('next', ['build'], { NEXT_TELEMETRY_DISABLED: '1' });
  return status === 0 ? undefined : `"next build" failed with status ${status}`;
}

function runTool(name, args, env = {}) {
  const options = { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production', ...env } };
  return run(join(root, 'node_modules/.bin', name), args, options);
}

const configuration = () => readdirSync(root).filter(isConfiguration);

function hashOf(sources) {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources.sort()) {
    for (const file of filesOf(source)) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function filesOf(path) {
  if (!existsSync(join(root, path))) return [];
  let entries;
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
  const names = entries.map((entry) => entry.name).filter((name) => !isTest(name));
  return names.sort().flatMap((name) => filesOf(join(path, name)));
}

// `node scripts/build.mjs` builds by itself.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const reason = await buildIfChanged();
  if (reason !== undefined) {
    console.error(`heatprobe: ${reason}`);
    process.exitCode = 1;
  }
}
