/** Quantiles of the distributions that the intervals are made from. Pure arithmetic, no tables. */

/** Above this mean of a binomial its sum would be long, and the normal approximation is good to a hundredth of a call. */
const LARGE_MEAN = 200;

/** The value that a standard normal stays below with probability `p`, 0 < p < 1 (Abramowitz and Stegun 26.2.23, off by at most 0.0005). */
export function normalQuantile(p: number): number {
  if (p < 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(1 - p));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  return t - above / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

/** The same of Student's t with so many degrees of freedom, at least 3 (Abramowitz and Stegun 26.7.5). */
export function studentQuantile(p: number, degrees: number): number {
  const z = normalQuantile(p);
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7];
  return (
    z +
    (z3 + z) / (4 * degrees) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * degrees ** 3)
  );
}

/** Ranks counted from 1; 0 and `n + 1` are beyond the sample. */
export interface Ranks {
  readonly low: number;
  readonly high: number;
}

/**
 * The order statistics that enclose a quantile, whatever the distribution is: of `n` independent calls the one of rank
 * `low` is above the quantile `q` with a probability of at most `tail`, and the one of rank `high` below it likewise
 * (David and Nagaraja, Order Statistics, 7.1). Beyond the sample where there are too few calls.
 */
export function quantileRanks(n: number, q: number, tail: number): Ranks {
  if (q > 0.5) {
    const { low, high } = quantileRanks(n, 1 - q, tail);
    return { low: n + 1 - high, high: n + 1 - low };
  }
  return n * q > LARGE_MEAN ? ranksOfMany(n, q, tail) : ranksOfFew(n, q, tail);
}

/** By adding up the binomial from 0. */
function ranksOfFew(n: number, q: number, tail: number): Ranks {
  let probability = Math.exp(n * Math.log1p(-q));
  let below = 0;
  let low = 0;
  for (let k = 0; k <= n; k++) {
    below += probability;
    if (below <= tail) low = k + 1;
    if (below >= 1 - tail) return { low, high: k + 1 };
    probability *= ((n - k) / (k + 1)) * (q / (1 - q));
  }
  return { low, high: n + 1 };
}

/** By the normal distribution with the binomial's skewness (Cornish and Fisher), rounded outwards. */
function ranksOfMany(n: number, q: number, tail: number): Ranks {
  const z = normalQuantile(1 - tail);
  const deviation = Math.sqrt(n * q * (1 - q));
  const skew = ((1 - 2 * q) * (z * z - 1)) / 6;
  return {
    low: Math.floor(n * q - z * deviation + skew - 0.5),
    high: Math.ceil(n * q + z * deviation + skew + 0.5) + 1,
  };
}

/** Bounds of a Poisson mean when `count` was seen (Byar's approximation; Breslow and Day 1987, 2.3). */
export function poissonBounds(count: number, tail: number): { readonly low: number; readonly high: number } {
  const z = normalQuantile(1 - tail);
  const cube = (x: number, by: number) => x * Math.max(0, 1 - 1 / (9 * x) + by / (3 * Math.sqrt(x))) ** 3;
  return { low: count > 0 ? cube(count, -z) : 0, high: cube(count + 1, z) };
}
