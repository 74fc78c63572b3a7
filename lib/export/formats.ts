/** The formats in which a session can be taken out, in one table. */
import { type Problem, problem } from '../problem.ts';
import { bucketsCsv, bucketsJson, histogramCsv } from './buckets.ts';
import { callsCsv, callsJsonLines } from './calls.ts';
import type { ExportSource } from './source.ts';

interface Format {
  /** For people who choose. */
  readonly title: string;
  readonly contentType: string;
  /** Pieces of text, some tens of kilobytes each, made while they are read. */
  readonly write: (source: ExportSource) => Iterable<string>;
}

const CSV = 'text/csv; charset=utf-8';
const JSON_LINES = 'application/x-ndjson; charset=utf-8';
const JSON_DOCUMENT = 'application/json; charset=utf-8';

const FORMATS = {
  'calls.csv': { title: 'single calls, CSV', contentType: CSV, write: callsCsv },
  'calls.jsonl': { title: 'single calls, JSON lines', contentType: JSON_LINES, write: callsJsonLines },
  'buckets.csv': { title: 'exact counts by time and latency, CSV', contentType: CSV, write: bucketsCsv },
  'buckets.json': { title: 'exact counts by time and latency, JSON', contentType: JSON_DOCUMENT, write: bucketsJson },
  'histogram.csv': { title: 'exact counts by latency, CSV', contentType: CSV, write: histogramCsv },
} as const satisfies Readonly<Record<string, Format>>;

/** Also the end of the name of a file in it. */
export type FormatName = keyof typeof FORMATS;

const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name);

/** The format with this name, or what is wrong with the name. */
export function formatNamed(name: string): (Format & { readonly name: FormatName }) | Problem {
  if (isFormat(name)) return { name, ...FORMATS[name] };
  return problem('usage', {
    message: `There is no format ${JSON.stringify(name.slice(0, 40))}.`,
    hint: `Formats: ${Object.keys(FORMATS).join(', ')}.`,
  });
}
