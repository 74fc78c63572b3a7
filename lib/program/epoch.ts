/** Length of an epoch, ns: the interval in which single calls are capped. */
export const EPOCH = 100_000_000;
