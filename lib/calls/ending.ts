/** How a call ended, in words that are the same everywhere on the page. */
import type { Language } from '../binary/binary.ts';
import type { Outcome } from '../timeline/calls.ts';

/** What leaves a call without returning from it, where the end of a thread or goroutine does not. */
function thrown(language: Language): string {
  if (language === 'go' || language === 'rust') return 'panic';
  return language === 'c' ? 'longjmp' : 'exception';
}

/** `left by panic`: a column, a filter, the middle of a sentence. */
export function endingWords(outcome: Outcome, language: Language): string {
  return outcome === 'unwound' ? `left by ${thrown(language)}` : outcome;
}

/** `Left by panic`: a figure's name. */
export const unwoundLabel = (language: Language): string => `Left by ${thrown(language)}`;

/** The same with what else it may have been, where there is room. */
export function endingSentence(outcome: Outcome, language: Language): string {
  const who = language === 'go' ? 'goroutine' : 'thread';
  if (outcome === 'unwound') return `${endingWords(outcome, language)}, or by the end of its ${who}`;
  return outcome === 'cut off' ? 'cut off by the end of its process' : outcome;
}
