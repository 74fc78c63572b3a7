/** The command line as users run it, compiled, but always from the present sources: it starts twice as fast as through tsx. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { cacheDirectory, root } from '../../scripts/toolchain.mjs';

const PROGRAMS = ['server/cli.ts', 'server/tracer/main.ts'];

/** The path of the compiled command; a folder a version of the sources, so that two test runs do not disturb each other. */
export async function compiledCli(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: PROGRAMS.map((program) => join(root, program)),
    outbase: join(root, 'server'),
    outdir: join(root, 'dist'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    write: false,
  });
  // The program reads its version from the package.json one folder up.
  const description = readFileSync(join(root, 'package.json'));
  const hash = createHash('sha256').update(description);
  for (const { contents } of outputFiles) hash.update(contents);
  const parent = join(cacheDirectory, 'cli');
  const directory = join(parent, hash.digest('hex').slice(0, 16));
  if (!existsSync(directory)) {
    mkdirSync(parent, { recursive: true });
    const aside = mkdtempSync(join(parent, 'new-'));
    writeFileSync(join(aside, 'package.json'), description);
    for (const { path, contents } of outputFiles) {
      const copy = join(aside, relative(root, path));
      mkdirSync(dirname(copy), { recursive: true });
      writeFileSync(copy, contents);
    }
    moveInto(aside, directory);
  }
  return join(directory, 'dist/cli.js');
}

function moveInto(aside: string, directory: string): void {
  try {
    renameSync(aside, directory);
  } catch (error) {
    rmSync(aside, { recursive: true });
    // Another test run was faster.
    if (!existsSync(directory)) throw error;
  }
}
