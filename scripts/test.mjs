// npm test [-- STEP ...]: brings what the tests need, runs the steps (all of them, or those named), and ends with one
// line: "N passed, N failed" (", N skipped"). REQUIRE_BPF=1: what cannot be tried is a failure.
import { installPackages } from './npm.mjs';
import { notTried, steps } from './steps.mjs';
import { bringTestTools } from './tools.mjs';

/** Steps that need compilers, bpftrace or a browser. */
const needTools = new Set(['runtime', 'browser', 'measured']);

const selected = select(process.argv.slice(2));
if (selected === undefined) process.exitCode = 64;
else process.exitCode = await main(selected);

function select(names) {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length === 0) return names.length === 0 ? steps : steps.filter(({ name }) => names.includes(name));
  console.error(`no such step: ${unknown.join(', ')}. Steps: ${steps.map(({ name }) => name).join(', ')}`);
  return undefined;
}

async function main(chosen) {
  const results = [await attempt('packages', packages)];
  if (chosen.some(({ name }) => needTools.has(name))) results.push(await attempt('tools', tools));
  for (const step of chosen) {
    console.log(`\n== ${step.name}`);
    results.push(await attempt(step.name, step.run));
  }
  return summarise(results);
}

/** The counts of a step; one that throws has failed, and the next ones run all the same. */
async function attempt(name, run) {
  const began = Date.now();
  try {
    return { name, ...(await run()), seconds: (Date.now() - began) / 1000 };
  } catch (error) {
    const notes = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return { name, passed: 0, failed: 1, skipped: 0, notes, seconds: (Date.now() - began) / 1000 };
  }
}

/** Preparations count only when they go wrong. */
async function packages() {
  const reason = await installPackages();
  return { passed: 0, failed: reason === undefined ? 0 : 1, skipped: 0, notes: reason === undefined ? [] : [reason] };
}

async function tools() {
  const all = (await bringTestTools()).map(({ tool, reason, wanted }) => {
    const note = `${tool}: ${reason}`;
    return wanted ? notTried(note) : { passed: 0, failed: 0, skipped: 1, notes: [note] };
  });
  return all.reduce(add, { passed: 0, failed: 0, skipped: 0, notes: [] });
}

function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    notes: [...a.notes, ...b.notes],
  };
}

function summarise(results) {
  console.log(`\n${'step'.padEnd(10)}${['passed', 'failed', 'skipped'].map((word) => word.padStart(9)).join('')}`);
  for (const { name, passed, failed, skipped, notes, seconds } of results) {
    const counts = [passed, failed, skipped].map((count) => String(count).padStart(9)).join('');
    console.log(`${name.padEnd(10)}${counts}  ${seconds.toFixed(1)} s`);
    for (const note of notes)
      console.log(
        `${' '.repeat(12)}${note
          .split('\n')
          .slice(0, 5)
          .join(`\n${' '.repeat(12)}`)}`,
      );
  }
  const { passed, failed, skipped } = results.reduce(add);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed > 0 ? 1 : 0;
}
