/** The only user of DuckDB: tables of numbers and texts in one file, written in chunks, read in columns. */
import {
  BIGINT,
  BLOB,
  DOUBLE,
  type DuckDBAppender,
  DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  UINTEGER,
  USMALLINT,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api';

/** What a column holds. A `bigint` is a whole number below 2^53, here as a plain number. */
export type ColumnType = 'bigint' | 'uint' | 'ushort' | 'ubyte' | 'double' | 'text' | 'blob';

export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
}

/** Null is no value. */
export type Cell = number | string | Uint8Array | null;
/** Rows of a table: one array a column, all of one length. */
export type Columns = readonly (readonly Cell[])[];

export interface Database {
  /** Runs a statement without a result. */
  readonly run: (sql: string) => Promise<void>;
  /** Adds rows behind the last ones. Without a transaction each call is one. */
  readonly append: (table: Table, columns: Columns) => Promise<void>;
  /** All rows of a table in the order in which they came, some thousand at a time. */
  readonly chunks: (table: Table) => AsyncGenerator<Columns, void>;
  readonly close: () => void;
}

const TYPES: Readonly<Record<ColumnType, { readonly type: DuckDBType; readonly sql: string }>> = {
  bigint: { type: BIGINT, sql: 'BIGINT' },
  uint: { type: UINTEGER, sql: 'UINTEGER' },
  ushort: { type: USMALLINT, sql: 'USMALLINT' },
  ubyte: { type: UTINYINT, sql: 'UTINYINT' },
  double: { type: DOUBLE, sql: 'DOUBLE' },
  text: { type: VARCHAR, sql: 'VARCHAR' },
  blob: { type: BLOB, sql: 'BLOB' },
};

/** Rows that DuckDB takes and gives at once. */
const CHUNK_ROWS = 2048;

const OPTIONS = {
  // A session of seconds takes 0.5 MB with these blocks and 1.6 MB with DuckDB's own of 256 KB; below 64 KB
  // whole numbers are not compressed any more.
  default_block_size: '65536',
  // What a reader has to go through again after a crash.
  checkpoint_threshold: '4MB',
  memory_limit: '256MB',
  threads: '2',
  // The file is all that is asked of DuckDB: nothing else on this host, and nothing from outside.
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

/** Opens a database file, to write (made if need be) or only to read. Throws what DuckDB says. */
export async function openDatabase(path: string, mode: 'write' | 'read'): Promise<Database> {
  const instance = await DuckDBInstance.create(path, {
    ...OPTIONS,
    access_mode: mode === 'read' ? 'READ_ONLY' : 'READ_WRITE',
  });
  try {
    return database(instance, await instance.connect());
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

function database(instance: DuckDBInstance, connection: DuckDBConnection): Database {
  const appenders = new Map<string, { appender: DuckDBAppender; chunk: DuckDBDataChunk }>();
  const appenderOf = async ({ name, columns }: Table) => {
    const known = appenders.get(name);
    if (known) return known;
    const types = Object.values(columns).map((column) => TYPES[column].type);
    const made = { appender: await connection.createAppender(name), chunk: DuckDBDataChunk.create(types) };
    appenders.set(name, made);
    return made;
  };
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async append(table, columns) {
      const rows = columns[0]?.length ?? 0;
      if (rows === 0) return;
      const { appender, chunk } = await appenderOf(table);
      const types = Object.values(table.columns);
      for (let from = 0; from < rows; from += CHUNK_ROWS) {
        const to = Math.min(rows, from + CHUNK_ROWS);
        chunk.reset();
        chunk.rowCount = to - from;
        types.forEach((type, index) => {
          chunk.setColumnValues(index, toDuckDb(type, (columns[index] ?? []).slice(from, to)));
        });
        appender.appendDataChunk(chunk);
      }
      appender.flushSync();
    },
    async *chunks(table) {
      const names = Object.entries(table.columns).map(([name, type]) => (type === 'bigint' ? `${name}::DOUBLE` : name));
      const types = Object.values(table.columns);
      // A connection has one result at a time, and several tables are read side by side.
      const own = await instance.connect();
      try {
        const result = await own.stream(`SELECT ${names.join(', ')} FROM ${table.name}`);
        for (;;) {
          const chunk = await result.fetchChunk();
          if (!chunk || chunk.rowCount === 0) return;
          yield types.map((type, index) => fromDuckDb(type, chunk, index));
        }
      } finally {
        own.closeSync();
      }
    },
    close() {
      for (const { appender } of appenders.values()) quietly(() => appender.closeSync());
      quietly(() => connection.closeSync());
      quietly(() => instance.closeSync());
    },
  };
}

/** The statement that makes a table. */
export function createStatement({ name, columns }: Table): string {
  const parts = Object.entries(columns).map(([column, type]) => `${column} ${TYPES[type].sql}`);
  return `CREATE TABLE ${name} (${parts.join(', ')})`;
}

/** After a failure DuckDB refuses everything, and says so once more at the end: it has been said. */
function quietly(close: () => void): void {
  try {
    close();
  } catch {}
}

function toDuckDb(type: ColumnType, cells: readonly Cell[]) {
  if (type === 'bigint') return cells.map((cell) => (typeof cell === 'number' ? BigInt(cell) : null));
  if (type === 'blob') return cells.map((cell) => (cell instanceof Uint8Array ? new DuckDBBlobValue(cell) : null));
  return cells.map((cell) => (cell instanceof Uint8Array ? null : cell));
}

function fromDuckDb(type: ColumnType, chunk: DuckDBDataChunk, index: number): readonly Cell[] {
  const vector = chunk.getColumnVector(index);
  const cells = new Array<Cell>(vector.itemCount);
  for (let row = 0; row < cells.length; row++) {
    const item: unknown = vector.getItem(row);
    if (type === 'blob') cells[row] = item instanceof DuckDBBlobValue ? item.bytes : null;
    else cells[row] = typeof item === 'number' || typeof item === 'string' ? item : null;
  }
  return cells;
}
