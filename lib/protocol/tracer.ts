/**
 * Messages between the tracer (privileged) and its client (web server or command line), one JSON object
 * a line on two byte streams. The tracer takes a closed set of requests: ids, numbers, a path to open,
 * a name to look up. Never program text, never a command.
 */
import { z } from 'zod';
import type { SymbolInfo } from '../binary/binary.ts';
import type { Scope } from '../program/spec.ts';
import type { CodeListing } from './code.ts';
import type { Environment } from './environment.ts';
import type {
  BinarySummary,
  ByHand,
  FunctionChoice,
  Glance,
  Planned,
  SymbolSearch,
  SymbolTree,
  SymbolTreeQuery,
  TargetChoice,
} from './gateway.ts';
import type { ProcessInfo } from './process.ts';
import type { SessionStatus } from './session.ts';
import type { Tick } from './tick.ts';

const pid = z.int().min(1).max(0x7fffffff);
const id = z.string().min(1).max(64);
const symbolId = z.int().min(0);
/** A path is an argument of open(2) and nothing else. */
const path = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !text.includes('\0'), 'a path cannot contain a NUL character');

export const targetChoice = z.strictObject({ pid: pid.nullable(), path: path.nullable() });
export const functionChoice = z.strictObject({ binaryId: id, symbolId });
/** A function, or the one of a session. */
export const planPlace = z.union([functionChoice, z.strictObject({ sessionId: id })]);
export const symbolQuery = z.strictObject({ binaryId: id, query: z.string().max(4096) });
export const symbolTreeQuery = z.strictObject({
  ...symbolQuery.shape,
  toggled: z.array(z.string().max(16_384)).max(500),
});
export const symbolLook = z.strictObject({ binaryId: id, symbolIds: z.array(symbolId).max(64) });

const scope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('process'), pid }),
  z.strictObject({ kind: z.literal('family'), root: pid, program: path.optional() }),
  z.strictObject({ kind: z.literal('file') }),
]);

const methods = {
  environment: z.null(),
  processes: z.strictObject({ libraries: z.boolean() }),
  open: targetChoice,
  symbols: z.strictObject({ ...symbolQuery.shape, limit: z.int().min(1).max(2_000_000) }),
  tree: symbolTreeQuery,
  look: symbolLook,
  lookup: z.strictObject({ binaryId: id, name: z.string().min(1).max(65536) }),
  plan: z.strictObject({ ...functionChoice.shape, scope }),
  script: z.strictObject({ ...functionChoice.shape, scope }),
  code: functionChoice,
  trace: z.strictObject({ ...functionChoice.shape, scope, sessionId: id }),
  stop: z.strictObject({ sessionId: id }),
} as const;

const requestLine = z.strictObject({ id: z.int().min(1), method: z.string(), params: z.unknown() });

/** Results by method. Any of them may be a Problem instead. */
export interface TracerResults {
  environment: Environment;
  processes: readonly ProcessInfo[];
  open: BinarySummary;
  symbols: SymbolSearch;
  tree: SymbolTree;
  look: readonly Glance[];
  lookup: SymbolInfo;
  plan: Planned;
  script: ByHand;
  code: CodeListing;
  trace: Planned;
  stop: null;
}

export type TracerMethod = keyof TracerResults;

export interface TracerParams {
  environment: null;
  /** With `libraries`, the files that each process has mapped for execution come along. */
  processes: { readonly libraries: boolean };
  open: TargetChoice;
  symbols: { readonly binaryId: string; readonly query: string; readonly limit: number };
  tree: SymbolTreeQuery;
  look: { readonly binaryId: string; readonly symbolIds: readonly number[] };
  lookup: { readonly binaryId: string; readonly name: string };
  plan: { readonly binaryId: string; readonly symbolId: number; readonly scope: Scope };
  script: { readonly binaryId: string; readonly symbolId: number; readonly scope: Scope };
  code: FunctionChoice;
  trace: { readonly binaryId: string; readonly symbolId: number; readonly scope: Scope; readonly sessionId: string };
  stop: { readonly sessionId: string };
}

/** A request whose parameters have been checked. */
export type TracerRequest = {
  [Method in TracerMethod]: { readonly id: number; readonly method: Method; readonly params: TracerParams[Method] };
}[TracerMethod];

/** What the tracer says: the answer to a request, or news of a session. */
export type TracerLine =
  | { readonly id: number; readonly result: unknown }
  | { readonly session: string; readonly status: SessionStatus }
  | { readonly session: string; readonly tick: WireTick };

/** A tick with plain arrays, for JSON. */
export type WireTick = Omit<Tick, 'buckets' | 'calls'> & {
  readonly buckets: readonly number[];
  readonly calls: readonly number[];
};

export const toWire = (tick: Tick): WireTick => ({ ...tick, buckets: [...tick.buckets], calls: [...tick.calls] });

export const fromWire = (tick: WireTick): Tick => ({
  ...tick,
  buckets: Float64Array.from(tick.buckets),
  calls: Float64Array.from(tick.calls),
});

/** The tracer's door: a line becomes a checked request, or a sentence that says what is wrong with it. */
export function parseRequest(line: string): TracerRequest | { readonly id: number; readonly wrong: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { id: 0, wrong: 'the request is not JSON' };
  }
  const request = requestLine.safeParse(json);
  if (!request.success) return { id: 0, wrong: z.prettifyError(request.error) };
  const { id: requestId, method } = request.data;
  if (!isMethod(method)) return { id: requestId, wrong: 'there is no such request' };
  const params = methods[method].safeParse(request.data.params);
  if (!params.success) return { id: requestId, wrong: z.prettifyError(params.error) };
  // The method's own schema has just checked the parameters; the compiler cannot follow the pairing.
  return { id: requestId, method, params: params.data } as TracerRequest;
}

const isMethod = (method: string): method is TracerMethod => Object.hasOwn(methods, method);
