// Builds every variant of every target and runs it without probes: does it print its truth, and end as it says?
// Usage: tsx e2e/targets/verify.ts [name ...]
import { goToolchains } from '../../scripts/toolchain.mjs';
import { type BuildOptions, buildTarget, targets, whyNotBuildable } from './build.ts';
import { startTarget, type Truth } from './start.ts';
import { type TargetName, target, variantsOf } from './table.ts';

const names = Object.keys(targets) as TargetName[];
const chosen = process.argv.length > 2 ? names.filter((name) => process.argv.includes(name)) : names;
let wrong = 0;
for (const name of chosen) for (const options of builds(name)) await verify(name, options);
process.exitCode = wrong === 0 ? 0 : 1;

function builds(name: TargetName): BuildOptions[] {
  const versions = target(name).language === 'go' ? goToolchains().map(({ version }) => ({ go: version })) : [{}];
  return versions.flatMap((version) => variantsOf(name).map((variant) => ({ ...version, variant })));
}

async function verify(name: TargetName, options: BuildOptions): Promise<void> {
  const label = `${name} ${options.variant}${options.go ? ` Go ${options.go}` : ''}`;
  const reason = whyNotBuildable(name, options.go);
  if (reason !== undefined) return console.log(`skipped  ${label}: ${reason}`);
  try {
    const { truth, ended } = await runTarget(name, options);
    const complaint = complaintAbout(name, truth, ended);
    if (complaint !== undefined) wrong += 1;
    console.log(`${complaint ?? 'ok'}  ${label}  ${JSON.stringify(truth).slice(0, 120)}`);
  } catch (error) {
    wrong += 1;
    console.log(`failed  ${label}: ${error instanceof Error ? error.message : error}`);
  }
}

async function runTarget(name: TargetName, options: BuildOptions): Promise<{ truth: Truth; ended: number | string }> {
  const executable = await buildTarget(name, options);
  if (name === 'go/rpcserver') return serveAndCall(executable, options);
  if (name === 'go/rpcclient') {
    const server = startTarget(await buildTarget('go/rpcserver', { go: options.go ?? '' }), ['1000']);
    const client = startTarget(executable, [String((await server.firstLine).port), '400']);
    const result = { truth: await client.truth, ended: await client.ended };
    server.finish();
    return result;
  }
  const running = startTarget(executable, name === 'go/spin' ? ['2'] : []);
  return { truth: await running.truth, ended: await running.ended };
}

async function serveAndCall(
  executable: string,
  options: BuildOptions,
): Promise<{ truth: Truth; ended: number | string }> {
  const server = startTarget(executable, ['1000']);
  const client = await buildTarget('go/rpcclient', { go: options.go ?? '' });
  await startTarget(client, [String((await server.firstLine).port), '400']).ended;
  server.finish();
  return { truth: await server.truth, ended: await server.ended };
}

function complaintAbout(name: TargetName, truth: Truth, ended: number | string): string | undefined {
  const { exit = 0, truth: more = [], symbols } = target(name);
  if (ended !== exit) return `ended with ${ended}`;
  if (truth.calls === 0) return 'made no call';
  const absent = more.filter((field) => truth[field] === undefined);
  if (absent.length > 0) return `no ${absent.join(', ')}`;
  for (const symbol of symbols) {
    const counts = symbol.truth === undefined ? truth : truth.symbols?.[symbol.truth];
    if (counts === undefined) return `no counts of ${symbol.truth}`;
    if (counts.calls !== counts.returned + counts.unwound + counts.open) return `${symbol.name} does not balance`;
  }
  return undefined;
}
