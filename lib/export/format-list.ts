/** The formats in which a session can be taken out: what people choose from. How each is written is in `formats.ts`. */

/** By name, which is also the end of the name of a file. */
export const FORMAT_TITLES = {
  'calls.csv': 'Single calls, CSV',
  'calls.jsonl': 'Single calls, JSON lines',
  'trace.json': 'Single calls as spans, for Perfetto',
  'buckets.csv': 'Exact counts by time, CSV',
  'buckets.json': 'Exact counts by time, JSON',
  'histogram.csv': 'Histogram, CSV',
  'latency.hlog': 'HdrHistogram log',
} as const;

export type FormatName = keyof typeof FORMAT_TITLES;

export const FORMAT_NAMES = Object.keys(FORMAT_TITLES) as readonly FormatName[];
