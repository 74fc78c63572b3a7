/** One recording: one DuckDB file, written while its session runs, read when somebody opens it again. */
import type { RecordingOrigin, StoredFigures } from '../../lib/protocol/library.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { decodedTicks, storedFigures } from './decode.ts';
import { type Database, openDatabase } from './duckdb.ts';
import { tickEncoder } from './encode.ts';
import { mendedLog } from './mend.ts';
import { CREATE_TABLES, FACTS, HEADS, STORE_FORMAT } from './tables.ts';

/** A recording that is being written. Every method throws what the disk says; after that only `close` makes sense. */
export interface RecordingWriter {
  readonly tick: (tick: Tick) => void;
  readonly head: (head: SessionHead) => void;
  /** Writes what came since the last time, all of it or nothing, and waits until the disk has it. */
  readonly flush: () => Promise<void>;
  /** Marks the recording as whole, and writes it in its final, compact form. */
  readonly end: () => Promise<void>;
  readonly close: () => void;
}

/** Makes the file of a new recording. */
export async function createRecording(
  path: string,
  head: SessionHead,
  origin: RecordingOrigin,
): Promise<RecordingWriter> {
  const database = await openDatabase(path, 'write');
  const encoder = tickEncoder();
  let heads: SessionHead[] = [head];
  let seq = 0;
  const inTransaction = async (work: () => Promise<void>): Promise<void> => {
    await database.run('BEGIN');
    await work();
    await database.run('COMMIT');
  };
  const writePending = async (): Promise<void> => {
    // Taken before the first wait: what comes meanwhile belongs to the next time.
    const rows = encoder.take();
    const changed = heads;
    heads = [];
    for (const { table, columns } of rows) await database.append(table, columns);
    const at = changed.map(() => seq);
    await database.append(HEADS, [at, changed.map((one) => JSON.stringify(one))]);
  };
  try {
    await inTransaction(async () => {
      await database.run(CREATE_TABLES);
      await database.append(FACTS, [['format', 'origin'], [STORE_FORMAT, origin].map((fact) => JSON.stringify(fact))]);
      await writePending();
    });
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    tick(tick) {
      seq = tick.seq;
      encoder.push(tick);
    },
    head: (next) => void heads.push(next),
    flush: () => inTransaction(writePending),
    async end() {
      await inTransaction(async () => {
        await writePending();
        await database.append(FACTS, [['end'], [JSON.stringify({ seq })]]);
      });
      await database.run('CHECKPOINT');
    },
    close: database.close,
  };
}

/** A recording that is read. */
export interface RecordingReader {
  readonly head: SessionHead;
  readonly origin: RecordingOrigin;
  /** Whether it was ended in an orderly way; else its last second may be missing. */
  readonly whole: boolean;
  /** What was taken away so that it could be opened; null when nothing was. */
  readonly mended: string | null;
  /** What it holds, without reading its calls. `bytes` is left to whoever knows the files. */
  readonly figures: () => Promise<StoredFigures>;
  /** In order, from the first on. */
  readonly ticks: () => AsyncGenerator<Tick, void>;
  readonly close: () => void;
}

/** Opens a recording. Throws what the disk says, or why this version cannot read it. */
export async function openRecording(path: string): Promise<RecordingReader> {
  const { database, mended } = await openMended(path);
  try {
    const facts = new Map<string, unknown>();
    for await (const [names = [], values = []] of database.chunks(FACTS)) {
      names.forEach((name, row) => {
        facts.set(String(name), JSON.parse(String(values[row])));
      });
    }
    const format = facts.get('format');
    if (typeof format !== 'number') throw new Error('it holds no recording');
    if (format > STORE_FORMAT) {
      throw new Error(`it was written by a newer heatprobe (form ${format}; this one reads up to ${STORE_FORMAT})`);
    }
    return {
      head: await latestHead(database),
      // Written by this store in the form that was just checked.
      origin: facts.get('origin') as RecordingOrigin,
      whole: facts.has('end'),
      mended,
      figures: () => storedFigures(database),
      ticks: () => decodedTicks(database),
      close: database.close,
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

async function latestHead(database: Database): Promise<SessionHead> {
  let latest: unknown;
  for await (const [, json = []] of database.chunks(HEADS)) latest = json.at(-1) ?? latest;
  if (typeof latest !== 'string') throw new Error('it holds no session');
  return JSON.parse(latest) as SessionHead;
}

/** After a power failure the end of the log may be torn: what lies before is whole. */
async function openMended(path: string): Promise<{ database: Database; mended: string | null }> {
  try {
    return { database: await openDatabase(path, 'read'), mended: null };
  } catch (error) {
    const mended = mendedLog(path, error);
    if (mended === null) throw error;
    return { database: await openDatabase(path, 'read'), mended };
  }
}
