/**
 * What lists show of a recording, as a small file beside it: a thousand recordings are listed without opening one.
 * It is written when the recording begins and when it ends, and can be made anew from the recording.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StoredSession } from '../../lib/protocol/library.ts';
import type { ProcessMark } from './process-mark.ts';

/** The file's content; `recorder` writes, or wrote, the recording. */
export interface Sidecar extends StoredSession {
  readonly recorder: ProcessMark;
}

/** Ids are made by this server, and name files: nothing else may pass. */
export const isSessionId = (id: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(id);

export const recordingPath = (directory: string, id: string): string => join(directory, `${id}.duckdb`);
export const sidecarPath = (directory: string, id: string): string => join(directory, `${id}.json`);

const amount = z.number();
const text = z.string();
/** The file is our own, but people look into directories: what does not fit is made anew. */
const sidecar: z.ZodType<Sidecar> = z.object({
  id: text.refine(isSessionId),
  createdAt: amount,
  subject: z.custom<Sidecar['subject']>(
    (value) => z.object({ path: text, symbol: z.object({ demangled: text }) }).safeParse(value).success,
  ),
  command: z.object({ args: z.array(text) }).nullable(),
  origin: z.object({ heatprobe: text, host: text, kernel: text, bpftrace: text.nullable() }),
  state: z.enum(['recording', 'whole', 'cut']),
  reason: text.nullable(),
  figures: z.object({
    ticks: amount,
    entered: amount,
    returned: amount,
    calls: amount,
    duration: amount,
    endedAt: amount.nullable(),
    bytes: amount,
  }),
  pinned: z.boolean(),
  recorder: z.object({ pid: amount, startTime: amount }),
});

/** Null when there is none, or none that can be used. */
export function readSidecar(directory: string, id: string): Sidecar | null {
  try {
    const parsed = sidecar.safeParse(JSON.parse(readFileSync(sidecarPath(directory, id), 'utf8')));
    return parsed.success && parsed.data.id === id ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Replaces the file as a whole. Throws what the disk says. */
export function writeSidecar(directory: string, content: Sidecar): void {
  const path = sidecarPath(directory, content.id);
  const next = `${path}.${process.pid}.new`;
  try {
    writeFileSync(next, JSON.stringify(content), { mode: 0o600 });
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}
