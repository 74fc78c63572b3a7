// The steps of `npm test`, in order. A step resolves to { passed, failed, skipped, notes }.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildIfChanged } from './build.mjs';
import { countPlaywright, countVitest } from './reports.mjs';
import { run } from './run.mjs';
import { cacheDirectory, chromium, root } from './toolchain.mjs';
import { whyNoUprobes } from './uprobes.mjs';

/** With REQUIRE_BPF=1 (CI) what cannot be tried is a failure; else it is skipped, visibly. */
export const mustBeComplete = process.env.REQUIRE_BPF === '1';

/** One thing that could not be tried. */
export const notTried = (reason) =>
  mustBeComplete
    ? { passed: 0, failed: 1, skipped: 0, notes: [`${reason} (REQUIRE_BPF=1 makes this a failure)`] }
    : { passed: 0, failed: 0, skipped: 1, notes: [reason] };

export const steps = [
  { name: 'types', run: types },
  { name: 'lib', run: () => check('tsc', ['--noEmit', '--pretty', 'false', '-p', 'lib']) },
  { name: 'lint', run: () => check('biome', ['check', '--colors=off']) },
  { name: 'layers', run: () => check('depcruise', ['app', 'components', 'lib', 'server']) },
  { name: 'knip', run: () => check('knip', ['--no-progress']) },
  { name: 'unit', run: () => vitest('unit') },
  { name: 'runtime', run: runtime },
  { name: 'browser', run: () => browser('together', Math.max(2, Math.floor(availableParallelism() / 2))) },
  // What they measure is the machine's time: one at a time, and nothing else.
  { name: 'measured', run: () => browser('measured', 1) },
];

/** The types of routes and of style sheets are generated: a clean clone has none. */
async function types() {
  if (existsSync(join(root, 'app'))) await npmTool('next', ['typegen'], { NEXT_TELEMETRY_DISABLED: '1' });
  return check('tsc', ['--noEmit', '--pretty', 'false']);
}

/** A tool that says yes or no. */
async function check(tool, args) {
  const status = await npmTool(tool, args);
  return status === 0 ? outcome({ passed: 1 }) : outcome({ failed: 1, notes: [`${tool} ended with status ${status}`] });
}

function runtime() {
  const reason = whyNoUprobes();
  return reason === undefined ? vitest('runtime') : notTried(`no probes here: ${reason}`);
}

async function vitest(project) {
  const report = freshReport(project);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = await npmTool('vitest', ['run', '--project', project, ...reporters]);
  return counted(`vitest (${project})`, status, report, countVitest);
}

async function browser(project, workers) {
  const reason = await buildIfChanged();
  if (reason !== undefined) return outcome({ failed: 1, notes: [reason] });
  const path = chromium();
  if (path === undefined) return notTried('no chromium');
  const report = freshReport(project);
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, CHROMIUM_PATH: path };
  const args = ['test', '--reporter=list,json', `--project=${project}`, `--workers=${workers}`];
  const status = await npmTool('playwright', args, env);
  return counted(`playwright (${project})`, status, report, countPlaywright);
}

/** The counts of a report; a run that left none, or failed without a failed test, is a failure of its own. */
function counted(tool, status, report, count) {
  if (!existsSync(report)) return outcome({ failed: 1, notes: [`${tool} ended with status ${status} and no report`] });
  const counts = count(JSON.parse(readFileSync(report, 'utf8')));
  if (status !== 0 && counts.failed === 0) {
    return outcome({ ...counts, failed: 1, notes: [...counts.notes, `${tool} ended with status ${status}`] });
  }
  return outcome(counts);
}

const outcome = (counts) => ({ passed: 0, failed: 0, skipped: 0, notes: [], ...counts });

function freshReport(name) {
  const folder = join(cacheDirectory, 'reports');
  mkdirSync(folder, { recursive: true });
  const report = join(folder, `${name}.json`);
  rmSync(report, { force: true });
  return report;
}

function npmTool(name, args, env = {}) {
  return run(join(root, 'node_modules/.bin', name), args, { cwd: root, env: { ...process.env, ...env } });
}
