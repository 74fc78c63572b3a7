/** A duration, or a reading of the kernel's boot clock, in nanoseconds. Exact below 2^53 ns (104 days). */
export type Nanoseconds = number;
/** Wall-clock time in milliseconds since 1970-01-01T00:00Z, possibly with a fraction. */
export type EpochMillis = number;
/** A span of time, or a reading of a steady clock, in milliseconds. */
export type Milliseconds = number;
/** An address as the target's program headers count ("file virtual address"), before any relocation. */
export type Vaddr = number;

/** Longer than any call (104 days): the end of a range of latencies that has none. */
export const LONGEST_LATENCY: Nanoseconds = 2 ** 53;

export const NANOSECONDS_PER_MILLISECOND = 1e6;
