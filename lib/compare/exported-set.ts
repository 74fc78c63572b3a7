/** The calls of a session that was exported as `buckets.json`: a door for files, so nothing in them is trusted. */
import { z } from 'zod';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import { bucketPairs } from './bucket-pairs.ts';
import { documentSet, type NamedSet } from './document-set.ts';

const figure = z.number().nonnegative();
const count = z.number().int().nonnegative();
const bucket = z.tuple([count, count, count]);
const exported = z.object({
  head: z.object({
    format: z.literal('heatprobe buckets 1'),
    function: z.string(),
    binary: z.string(),
    build_id: z.string().nullable(),
    from_boot_ns: figure,
    to_boot_ns: figure,
    lost: count,
    exact: z.boolean(),
    latency_max_ns: figure.nullable(),
  }),
  histogram: z.array(bucket),
  intervals: z.array(z.object({ from_boot_ns: figure, to_boot_ns: figure, buckets: z.array(bucket) })),
});

const INEXACT = 'its counts are bounds; the notes at its head say why.';
/** Of its neighbour: what is older than an hour is one interval, which says nothing of how its moments differ. */
const MUCH_LONGER = 10;

/** Of either kind of file; or why it is none (a clause). */
export function fileSet(value: unknown): NamedSet | { readonly wrong: string } {
  const parsed = exported.safeParse(value);
  if (!parsed.success) return documentSet(value);
  const { head, histogram, intervals } = parsed.data;
  const all = flat(histogram);
  const blocks = intervals.map(({ from_boot_ns, to_boot_ns, buckets }) => ({
    span: Math.max(0, to_boot_ns - from_boot_ns),
    buckets: flat(buckets),
  }));
  if (!all) return { wrong: NOT_OURS };
  const counts = emptyHistogram();
  addPairs(counts, all);
  const known: { span: number; buckets: number[] }[] = [];
  for (const { span, buckets } of blocks) {
    if (!buckets) return { wrong: NOT_OURS };
    known.push({ span, buckets });
  }
  const [first, second] = known;
  return {
    set: {
      histogram: counts,
      span: Math.max(0, head.to_boot_ns - head.from_boot_ns),
      blocks: first && second && first.span > MUCH_LONGER * second.span ? known.slice(1) : known,
      max: head.latency_max_ns,
      lost: head.lost,
      doubts: head.exact || head.lost > 0 ? [] : [INEXACT],
    },
    symbol: head.function,
    path: head.binary,
    buildId: head.build_id,
  };
}

const NOT_OURS = 'its buckets are not those of heatprobe';

const flat = (buckets: readonly (readonly [number, number, number])[]): number[] | null =>
  bucketPairs(buckets.flatMap(([from, , calls]) => [from, calls]));
