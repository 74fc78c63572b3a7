/** The calls of a timeline as blocks of time, and fewer, longer ones. */
import { addPairs, type BucketPairs, emptyHistogram } from '../latency/histogram.ts';
import type { Column } from '../timeline/column.ts';
import type { Block } from './call-set.ts';

export const blocksOf = (columns: readonly Column[]): Block[] =>
  columns.map(({ from, to, buckets }) => ({ span: to - from, buckets }));

/** Neighbours joined until there are at most so many. */
export function joinedBlocks(blocks: readonly Block[], most: number): Block[] {
  const each = Math.ceil(blocks.length / most);
  return Array.from({ length: Math.ceil(blocks.length / Math.max(1, each)) }, (_, at) =>
    joined(blocks.slice(at * each, (at + 1) * each)),
  );
}

function joined(blocks: readonly Block[]): Block {
  const histogram = emptyHistogram();
  let span = 0;
  for (const block of blocks) {
    span += block.span;
    addPairs(histogram, block.buckets);
  }
  const pairs: number[] = [];
  histogram.forEach((count, bucket) => {
    if (count > 0) pairs.push(bucket, count);
  });
  return { span, buckets: pairs satisfies BucketPairs };
}
