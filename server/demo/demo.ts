/** The demo target: a workload of this same node, whose native functions anyone can trace. */
import { fileURLToPath } from 'node:url';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import type { BinarySummary, Demo, TargetChoice } from '../../lib/protocol/gateway.ts';
import { start } from '../exec.ts';
import type { Tracer } from '../tracer-client.ts';

export interface Demos {
  /** Starts the workload if it does not run yet. */
  readonly start: (open: (choice: TargetChoice) => Promise<BinarySummary | Problem>) => Promise<Demo | Problem>;
  readonly close: () => void;
}

/** Functions of node that the workload calls, the most interesting picture first. */
const WORTH_A_LOOK = [
  'deflate',
  'inflate',
  'SHA256_Update',
  'EVP_DigestUpdate',
  'deflateInit2_',
  'inflateInit2_',
  'crc32',
  'adler32',
  'uv__run_timers',
  'uv_run',
];
/** Where node takes zlib and OpenSSL from the system, they are libraries of their own. */
const LIBRARIES = /\/lib(z|crypto|uv)\.so/;

export function createDemos(tracer: Tracer): Demos {
  let child: ReturnType<typeof startWorkload> | null = null;
  return {
    async start(open) {
      if (!child || child.exitCode !== null || child.killed) {
        child = startWorkload();
        child.catch(() => {});
      }
      const { pid } = child;
      if (pid === undefined)
        return problem('usage', { message: 'The demo workload could not be started.', hint: 'See the terminal.' });
      return findFunctions(tracer, open, pid);
    },
    close: () => void child?.kill(),
  };
}

function startWorkload() {
  // Beside this file as source; from the compiled program the same path starts one folder up.
  const root = new URL(import.meta.url.endsWith('.ts') ? '../../' : '../', import.meta.url);
  const workload = fileURLToPath(new URL('server/demo/workload.mjs', root));
  return start(process.execPath, [workload], { stdin: 'pipe', stdout: 'ignore', stderr: 'ignore' });
}

async function findFunctions(
  tracer: Tracer,
  open: (choice: TargetChoice) => Promise<BinarySummary | Problem>,
  pid: number,
): Promise<Demo | Problem> {
  const program = await open({ pid, path: null });
  if (isProblem(program)) return program;
  const files = [program.path, ...program.libraries.filter((path) => LIBRARIES.test(path))];
  for (const path of files) {
    const binary = path === program.path ? program : await open({ pid, path });
    if (isProblem(binary)) continue;
    const suggestions = await safeFirst(tracer, binary.id, pid, await knownFunctions(tracer, binary.id));
    if (suggestions.length > 0) return { binary, pid, suggestions };
  }
  return { binary: program, pid, suggestions: [] };
}

async function knownFunctions(tracer: Tracer, binaryId: string): Promise<SymbolInfo[]> {
  const found = await Promise.all(WORTH_A_LOOK.map((name) => tracer.ask('lookup', { binaryId, name })));
  return found.flatMap((symbol) => (isProblem(symbol) ? [] : [symbol]));
}

/**
 * Functions that are safe without limits come first: in a stripped node, deflate leaves into a part that has no name
 * any more, and a picture that ends at a tail call is a poor first one.
 */
async function safeFirst(tracer: Tracer, binaryId: string, pid: number, symbols: readonly SymbolInfo[]) {
  const scope = { kind: 'process', pid } as const;
  const plans = await Promise.all(symbols.map(({ id: symbolId }) => tracer.ask('plan', { binaryId, symbolId, scope })));
  const isSafe = (i: number): boolean => {
    const planned = plans[i];
    return planned !== undefined && !isProblem(planned) && planned.plan.verdict === 'safe';
  };
  return [...symbols.filter((_, i) => isSafe(i)), ...symbols.filter((_, i) => !isSafe(i))];
}
