/** The same numbers each time: pictures of the gallery can be compared. */
export interface Random {
  /** Even between 0 and 1. */
  readonly even: () => number;
  /** Normal with mean 0 and deviation 1, near enough. */
  readonly normal: () => number;
}

export function seededRandom(seed: number): Random {
  let state = seed;
  const even = () => {
    // Park and Miller's minimal standard generator.
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const normal = () => Array.from({ length: 6 }, even).reduce((sum, value) => sum + value, -3) * Math.SQRT2;
  return { even, normal };
}
