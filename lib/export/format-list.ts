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

/** Charts as files: made on the page, as they are shown there. */
export const PICTURE_TITLES = {
  'heat-map.svg': 'Heat map, SVG',
  'heat-map.png': 'Heat map, PNG',
  'histogram.svg': 'Histogram, SVG',
  'histogram.png': 'Histogram, PNG',
} as const;

export type PictureName = keyof typeof PICTURE_TITLES;

export const PICTURE_NAMES = Object.keys(PICTURE_TITLES) as readonly PictureName[];
