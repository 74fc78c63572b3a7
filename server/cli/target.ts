import { resolve } from 'node:path';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import { isProblem, type Problem } from '../../lib/problem.ts';
import type { BinarySummary } from '../../lib/protocol/gateway.ts';
import type { Tracer } from '../tracer-client.ts';
import { isPid } from './arguments.ts';

export interface FoundTarget {
  readonly binary: BinarySummary;
  readonly symbol: SymbolInfo;
  readonly pid: number | null;
}

/** Opens TARGET: a process id, or a path, or (with --pid) a path as that process sees it. */
export async function openTarget(
  tracer: Tracer,
  { target, pid }: { readonly target: string; readonly pid: number | null },
): Promise<BinarySummary | Problem> {
  if (isPid(target)) return tracer.ask('open', { pid: Number(target), path: null });
  // A path of a process in another root is not a path out here, so only the tracer can follow it.
  return tracer.ask('open', { pid, path: resolve(target) });
}

export async function findTarget(
  tracer: Tracer,
  command: { readonly target: string; readonly symbol: string; readonly pid: number | null },
): Promise<FoundTarget | Problem> {
  const binary = await openTarget(tracer, command);
  if (isProblem(binary)) return binary;
  const symbol = await tracer.ask('lookup', { binaryId: binary.id, name: command.symbol });
  if (isProblem(symbol)) return symbol;
  return { binary, symbol, pid: isPid(command.target) ? Number(command.target) : command.pid };
}
