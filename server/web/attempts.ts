/** Limits guesses: after so many wrong tokens from one address there are no more answers for a while. */
import type { Milliseconds } from '../../lib/units.ts';

export interface Attempts {
  readonly areTooMany: (address: string) => boolean;
  readonly failed: (address: string) => void;
}

const MOST_FAILED = 20;
const WITHIN_MS = 60_000;
/** Addresses that are remembered, the oldest go first. */
const MOST_ADDRESSES = 10_000;

/** @param now a clock that never goes back */
export function createAttempts(now: () => Milliseconds = () => performance.now()): Attempts {
  const failures = new Map<string, { count: number; since: Milliseconds }>();
  const recent = (address: string) => {
    const known = failures.get(address);
    return known && now() - known.since < WITHIN_MS ? known : null;
  };
  return {
    areTooMany: (address) => (recent(address)?.count ?? 0) >= MOST_FAILED,
    failed(address) {
      const known = recent(address);
      if (known) known.count += 1;
      else {
        failures.delete(address);
        failures.set(address, { count: 1, since: now() });
      }
      const [oldest] = failures.keys();
      if (failures.size > MOST_ADDRESSES && oldest !== undefined) failures.delete(oldest);
    },
  };
}
