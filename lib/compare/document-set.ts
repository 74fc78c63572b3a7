/** The calls of a document that `heatprobe trace --json` has written: a door for files, so nothing in them is trusted. */
import { z } from 'zod';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import { bucketPairs } from './bucket-pairs.ts';
import type { CallSet } from './call-set.ts';

/** A set of calls, and what it is of. */
export interface NamedSet {
  readonly set: CallSet;
  readonly symbol: string;
  readonly path: string;
  readonly buildId: string | null;
}

const figure = z.number().nonnegative();
const count = z.number().int().nonnegative();
const document = z.object({
  target: z.object({ path: z.string(), buildId: z.string().nullable() }),
  symbol: z.object({ demangled: z.string() }),
  duration: figure,
  calls: z.object({ lost: count, exact: z.boolean(), returnedExact: z.boolean().optional() }),
  latency: z.object({ max: figure }).nullable(),
  histogram: z.array(z.object({ from: count, count })),
  // Documents of earlier versions have none.
  blocks: z.array(z.object({ duration: figure, counts: z.array(count) })).default([]),
});

const INEXACT = 'its counts are bounds; the warnings of its document say why.';

/** Total: any value is the calls of a document, or why it is not one (a clause). */
export function documentSet(value: unknown): NamedSet | { readonly wrong: string } {
  const parsed = document.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { wrong: `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'unexpected'}` };
  }
  const { target, symbol, duration, calls, latency, histogram, blocks } = parsed.data;
  const all = bucketPairs(histogram.flatMap((bar) => [bar.from, bar.count]));
  const byTime = blocks.map((block) => bucketPairs(block.counts));
  if (!all || !byTime.every((pairs) => pairs !== null)) return { wrong: 'its buckets are not those of heatprobe' };
  const counts = emptyHistogram();
  addPairs(counts, all);
  // What lost events do is in the intervals.
  const doubts = (calls.returnedExact ?? calls.exact) || calls.lost > 0 ? [] : [INEXACT];
  return {
    set: {
      histogram: counts,
      span: duration,
      blocks: blocks.map((block, at) => ({ span: block.duration, buckets: byTime[at] ?? [] })),
      max: latency?.max ?? null,
      lost: calls.lost,
      doubts,
    },
    symbol: symbol.demangled,
    path: target.path,
    buildId: target.buildId,
  };
}
