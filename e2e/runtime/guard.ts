/** Where probes are impossible, tests of probes are skipped with the reason in their name; REQUIRE_BPF=1 makes that a failure. */
import { describe, test } from 'vitest';

/** Plain JavaScript without types of its own; what is used of it is written down here. */
interface Uprobes {
  readonly whyNoUprobes: () => string | undefined;
}

const uprobes: Uprobes = await import(new URL('../../scripts/uprobes.mjs', import.meta.url).href);

const mustBeComplete = process.env.REQUIRE_BPF === '1';

/** Variants beyond the core take minutes more. */
export const allVariants = process.env.HEATPROBE_ALL_VARIANTS === '1';

/** A block of tests that attach probes. */
export function describeProbes(name: string, body: () => void): void {
  block(name, body, uprobes.whyNoUprobes());
}

/** A test that needs something of this host (a compiler, another bpftrace): skipped, with the reason, without it. */
export function testIf(missing: string | undefined, name: string, body: () => Promise<void>, timeout?: number): void {
  if (missing === undefined) test(name, body, timeout);
  else if (mustBeComplete) test(name, () => cannotTry(missing));
  else test.skip(`${name} (${missing})`, body);
}

function block(name: string, body: () => void, reason: string | undefined): void {
  if (reason === undefined) describe(name, body);
  else if (mustBeComplete) describe(name, () => test('can be tried here', () => cannotTry(reason)));
  else describe.skip(`${name} (no probes here: ${reason})`, body);
}

function cannotTry(reason: string): never {
  throw new Error(`${reason} (REQUIRE_BPF=1 makes this a failure)`);
}
