/** Brings the single calls from before this page joined, oldest last, without holding up the page. */
import type { CallsPage } from '../../lib/protocol/gateway.ts';
import { CALL_STRIDE } from '../../lib/protocol/tick.ts';
import { CALLS_KEPT, type CallStore, prependCalls } from '../../lib/timeline/calls.ts';

export interface HistorySource {
  /** The store as it is now; another one after a new snapshot. */
  readonly store: () => CallStore;
  /** Calls with a number below this one; null when there is no answer. */
  readonly before: (number: number, limit: number) => Promise<CallsPage | null>;
  /** Resolves when the page has nothing more urgent to do. */
  readonly idle: () => Promise<void>;
  /** Calls were added. */
  readonly changed: () => void;
  /** Whether more are on their way; the last word of a loader that was not aborted is false. */
  readonly loading: (isLoading: boolean) => void;
  /** Milliseconds, of any beginning. */
  readonly now: () => number;
}

/** Calls put into the store in one go: a fraction of a millisecond. */
const CHUNK = 2000;
/** Calls asked for at first, at least and at most: 320 KB, 64 KB and 1.3 MB. */
const [FIRST_PAGE, SMALLEST_PAGE, LARGEST_PAGE] = [5000, 1000, 20_000];
/** Live ticks wait behind an answer, so it must not take longer than a few of them. */
const [FAST_MS, SLOW_MS] = [100, 400];

/**
 * Asks for older calls until the ring is full, history ends, an answer fails or `signal` aborts.
 * Pages grow while answers are fast and shrink while they are slow.
 */
export async function loadHistory(source: HistorySource, signal: AbortSignal): Promise<void> {
  const { first, next } = source.store();
  source.loading(first > 0 && next - first < CALLS_KEPT);
  try {
    await askForPages(source, signal);
  } finally {
    // Another loader has begun, and speaks for itself.
    if (!signal.aborted) source.loading(false);
  }
}

async function askForPages(source: HistorySource, signal: AbortSignal): Promise<void> {
  let size = FIRST_PAGE;
  while (!signal.aborted) {
    const store = source.store();
    const room = CALLS_KEPT - (store.next - store.first);
    if (store.first === 0 || room <= 0) return;
    const asked = source.now();
    const page = await source.before(store.first, Math.min(size, room));
    const took = source.now() - asked;
    if (!page || page.calls.length === 0) return;
    if (took < FAST_MS) size = Math.min(size * 2, LARGEST_PAGE);
    else if (took > SLOW_MS) size = Math.max(Math.floor(size / 2), SMALLEST_PAGE);
    if (!(await addPage(source, store, page, signal))) return;
    if (page.first <= page.oldest) return;
  }
}

/** Adds a page from its end, chunk by chunk; false when its calls fit nowhere any more. */
async function addPage(
  source: HistorySource,
  store: CallStore,
  page: CallsPage,
  signal: AbortSignal,
): Promise<boolean> {
  let end = page.calls.length / CALL_STRIDE;
  while (end > 0) {
    await source.idle();
    // A new snapshot, or a ring that is full and moves on.
    if (signal.aborted || source.store() !== store || page.first + end !== store.first) return false;
    const from = Math.max(0, end - CHUNK);
    if (prependCalls(store, page.calls.subarray(from * CALL_STRIDE, end * CALL_STRIDE)) < end - from) return false;
    end = from;
  }
  source.changed();
  return true;
}
