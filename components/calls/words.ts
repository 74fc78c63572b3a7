import type { Dimension } from '../../lib/calls/tally.ts';

/** Heads of columns and names of filters. */
export const DIMENSION_NAMES: Readonly<Record<Dimension, string>> = {
  caller: 'Caller',
  goroutine: 'Goroutine',
  thread: 'Thread',
  process: 'Process',
  outcome: 'End',
};
