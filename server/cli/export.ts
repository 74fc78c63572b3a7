/** `heatprobe export`: a session of a running server as a file. The server has it, live or ended; this asks for it. */
import { readFileSync } from 'node:fs';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import { dataDirectory } from '../store/directory.ts';
import { readTokenFile } from '../web/read-token.ts';
import type { Command } from './arguments.ts';
import { writeWhole } from './whole-file.ts';

type ExportCommand = Extract<Command, { name: 'export' }>;

/** @returns null when it is written */
export async function exportCommand({ session, format, output, server, data }: ExportCommand): Promise<Problem | null> {
  const file = readTokenFile(dataDirectory(data));
  const refused = problem('server-refused', { url: server.origin, file });
  const token = readOrNull(file);
  if (token === null) return refused;
  const url = new URL(`/session/${encodeURIComponent(session)}/export/${format}`, server);
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const response = await fetch(url, { headers, redirect: 'manual' }).catch(reasonOf);
  if (typeof response === 'string') return problem('server-away', { url: server.origin, why: response });
  if (response.status === 401) return refused;
  if (!response.ok || !response.body) {
    const told: unknown = await response.json().catch(() => null);
    return isProblem(told)
      ? told
      : problem('server-away', { url: server.origin, why: `it answers ${response.status}` });
  }
  return writeWhole(output, response.body);
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/** What is below an error of fetch: `connect ECONNREFUSED 127.0.0.1:7788`. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
