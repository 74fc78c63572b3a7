// Builds targets into .cache/targets/<hash>/: nothing is rebuilt whose sources, flags and compiler did not change.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheDirectory, compiler, type GoToolchain, goToolchains } from '../../scripts/toolchain.mjs';
import { type Target, type TargetName, target } from './table.ts';

export { targets } from './table.ts';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));

export interface BuildOptions {
  /** A name out of the target's variants; without one, the first. */
  readonly variant?: string;
  /** For Go targets: the beginning of a version ("1.24"); without one, the Go that is installed. */
  readonly go?: string;
}

/**
 * Which of the test processes beside each other this is: vitest's, or Playwright's. Probes belong to a file and see every
 * process that runs it, so each has copies of its own.
 */
const worker = process.env.VITEST_POOL_ID ?? process.env.TEST_PARALLEL_INDEX;

/** Builds a target if need be; the path of its executable. Throws what the compiler said. */
export async function buildTarget(name: TargetName, options: BuildOptions = {}): Promise<string> {
  const built = await builtOnce(name, options);
  if (worker === undefined) return built;
  const own = join(`${dirname(built)}-${worker}`, basename(built));
  if (await exists(own)) return own;
  const aside = await mkdtemp(`${dirname(own)}-`);
  await cp(dirname(built), aside, { recursive: true });
  await rename(aside, dirname(own));
  return own;
}

async function builtOnce(name: TargetName, options: BuildOptions): Promise<string> {
  const row = target(name);
  const plan = { ...toolFor(row, options.go), flags: flagsOf(name, row, options.variant) };
  const directory = join(cacheDirectory, 'targets', await hashOf(row, plan));
  const executable = join(directory, basename(row.source, extname(row.source)));
  if (await exists(executable)) return executable;
  await mkdir(dirname(directory), { recursive: true });
  // Built aside and moved into place, since several test processes may want the same target at the same time.
  const aside = await mkdtemp(`${directory}-`);
  try {
    for (const step of commands(row, plan, aside, basename(executable))) {
      await run(plan.bin, step.args, { cwd: step.cwd, env: { ...process.env, ...plan.env } });
    }
    await rename(aside, directory).catch(async (error: unknown) => {
      if (!(await exists(executable))) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return executable;
}

/** Why a target cannot be built here, or undefined if it can. */
export function whyNotBuildable(name: TargetName, go?: string): string | undefined {
  try {
    toolFor(target(name), go);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

interface Tool {
  readonly bin: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Plan extends Tool {
  readonly flags: readonly string[];
}

const compilerOf = { c: 'gcc', 'c++': 'g++', rust: 'rustc' } as const;

function toolFor(row: Target, go = ''): Tool {
  if (row.language === 'go') {
    const found: GoToolchain | undefined = goToolchains().find(({ version }) => version.startsWith(go));
    if (found === undefined) throw new Error(`Go ${go} is not installed`);
    return found;
  }
  const found = compiler(compilerOf[row.language]);
  if (found === undefined) throw new Error(`${compilerOf[row.language]} is not installed`);
  return { ...found, env: {} };
}

function flagsOf(name: TargetName, row: Target, variant = Object.keys(row.variants)[0] ?? ''): readonly string[] {
  const flags = row.variants[variant];
  if (flags === undefined) throw new Error(`${name} has no variant "${variant}"`);
  return flags;
}

interface Command {
  readonly args: string[];
  readonly cwd: string;
}

/** Debug information is built in (unless the variant strips it): a tracer must not be confused by it. */
function commands(row: Target, plan: Plan, directory: string, name: string): Command[] {
  const output = join(directory, name);
  if (row.language === 'go') {
    const args = ['build', '-buildvcs=false', '-trimpath', ...plan.flags, '-o', output, `./${basename(row.source)}`];
    return [{ args, cwd: join(here, 'go') }];
  }
  if (row.language === 'rust') {
    return [{ args: ['--edition', '2021', '-g', ...plan.flags, row.source, '-o', output], cwd: here }];
  }
  const standard = row.language === 'c' ? '-std=gnu11' : '-std=c++17';
  const common = [standard, '-Wall', '-Wextra', '-g', '-pthread', ...plan.flags];
  if (row.library === undefined) return [{ args: [...common, row.source, '-o', output], cwd: here }];
  const library = join(directory, row.library.file);
  return [
    {
      args: [...common, '-shared', '-fPIC', `-Wl,-soname,${row.library.file}`, row.library.source, '-o', library],
      cwd: here,
    },
    { args: [...common, row.source, library, '-Wl,-rpath,$ORIGIN', '-o', output], cwd: here },
  ];
}

async function hashOf(row: Target, plan: Plan): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([row.source, plan.version, plan.flags]));
  for (const file of await sourcesOf(row)) hash.update(`\0${file}\0`).update(await readFile(join(here, file)));
  // What this file says about flags counts too.
  hash.update(await readFile(fileURLToPath(import.meta.url)));
  return hash.digest('hex').slice(0, 16);
}

/** The files that a target is made of, its language's shared ones included. */
async function sourcesOf(row: Target): Promise<string[]> {
  if (row.language === 'go') {
    const packages = await Promise.all(['go/truth', row.source].map(filesIn));
    return ['go/go.mod', ...packages.flat()];
  }
  if (row.language === 'rust') return ['rust/truth.rs', row.source];
  const library = row.library === undefined ? [] : [row.library.source, row.library.source.replace(/\.c$/, '.h')];
  return ['c/truth.h', row.source, ...library];
}

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(join(here, folder))).sort().map((file) => `${folder}/${file}`);

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
