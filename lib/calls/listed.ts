/** How many calls are listed of how many there were. */
import { count, plural, roughCount } from '../format/format.ts';
import type { Totals } from '../protocol/tick.ts';
import { CALLS_KEPT, type CallStore } from '../timeline/calls.ts';
import { keptCalls } from './store.ts';

export interface Listed {
  /** `20,000 of 1.2 M calls, every slow one` */
  readonly words: string;
  /** What is left out, and why; empty when nothing is. */
  readonly why: string;
}

interface Context {
  readonly store: CallStore;
  readonly totals: Totals;
  /** Rows stand for others. */
  readonly sampled: boolean;
  /** Earlier calls are on their way. */
  readonly loading: boolean;
}

/** Of all calls that have ended. */
export function listedWords({ store, totals, sampled, loading }: Context): Listed {
  const ended = totals.returned + totals.unwound + totals.cutOff;
  const listed = keptCalls(store);
  // Calls without a record of their own end in other ways; where nothing is sampled, one or two are only seen later.
  const all = sampled ? ended : Math.max(listed, store.next);
  const complete = listed >= all && !sampled;
  if (complete) return { words: all === 1 ? '1 call' : `All ${plural(all, 'call')}`, why: '' };
  const dropped = store.next - listed;
  return {
    words: `${count(listed)} of ${roughCount(all)} calls, ${choiceWords(dropped, loading)}`,
    why: [
      sampled
        ? 'Of frequent latencies a share is listed, and a row says for how many calls it stands; rare ones are complete.'
        : '',
      dropped > 0 ? droppedWords(store, dropped, loading) : '',
      'Charts and figures count every call.',
    ]
      .filter(Boolean)
      .join(' '),
  };
}

/** Which of them are listed. */
function choiceWords(dropped: number, loading: boolean): string {
  if (dropped === 0) return 'every slow one';
  return loading ? 'loading earlier calls' : 'the latest and the slowest';
}

/** Calls that the page does not have: a full ring has dropped them, an early page waits for them. */
function droppedWords(store: CallStore, dropped: number, loading: boolean): string {
  if (store.next - store.first >= CALLS_KEPT) {
    return `${plural(dropped, 'older call')} ${dropped === 1 ? 'has' : 'have'} been dropped: the latest ${count(CALLS_KEPT)} are kept, and the slowest of all.`;
  }
  const earlier = `${plural(dropped, 'earlier call')} ${dropped === 1 ? 'is' : 'are'} not on this page`;
  return loading
    ? `${earlier} yet: it begins with the latest and the slowest, and is loading the others as far as the server still has them.`
    : `${earlier}: the server no longer has them, or did not answer; reload the page to ask again.`;
}

/**
 * Of those that a selection or a filter picks.
 * @param standFor how many calls the listed ones stand for
 * @param exact how many there were, where that has been counted
 */
export function pickedWords(listed: number, standFor: number, exact: number | null): string {
  if (exact !== null && exact > listed) return `${count(listed)} of ${plural(exact, 'call')}`;
  const calls = plural(listed, 'call');
  return exact === null && standFor > listed + 0.5 ? `${calls} listed, standing for ${roughCount(standFor)}` : calls;
}
