/** How each format of an export is written. */
import { type Problem, problem } from '../problem.ts';
import { bucketsCsv, bucketsJson, histogramCsv } from './buckets.ts';
import { callsCsv, callsJsonLines } from './calls.ts';
import { FORMAT_NAMES, FORMAT_TITLES, type FormatName } from './format-list.ts';
import { type Deflate, hdrLog } from './hdr-log.ts';
import type { ExportSource } from './source.ts';
import { traceEvents } from './trace-events.ts';

interface Format {
  readonly contentType: string;
  /** Pieces of text, some tens of kilobytes each, made while they are read; an empty one where other work may go on. */
  readonly write: (source: ExportSource, deflate: Deflate) => Iterable<string>;
}

const CSV = 'text/csv; charset=utf-8';
const JSON_LINES = 'application/x-ndjson; charset=utf-8';
const JSON_DOCUMENT = 'application/json; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';

const FORMATS: Readonly<Record<FormatName, Format>> = {
  'calls.csv': { contentType: CSV, write: callsCsv },
  'calls.jsonl': { contentType: JSON_LINES, write: callsJsonLines },
  'trace.json': { contentType: JSON_DOCUMENT, write: traceEvents },
  'buckets.csv': { contentType: CSV, write: bucketsCsv },
  'buckets.json': { contentType: JSON_DOCUMENT, write: bucketsJson },
  'histogram.csv': { contentType: CSV, write: histogramCsv },
  'latency.hlog': { contentType: TEXT, write: hdrLog },
};

const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMAT_TITLES, name);

/** The format with this name, or what is wrong with the name. */
export function formatNamed(name: string): (Format & { readonly name: FormatName }) | Problem {
  if (isFormat(name)) return { name, ...FORMATS[name] };
  return problem('usage', {
    message: `There is no format ${JSON.stringify(name.slice(0, 40))}.`,
    hint: `Formats: ${FORMAT_NAMES.join(', ')}.`,
  });
}
