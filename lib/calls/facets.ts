/** The values that calls can be filtered by, most frequent first. */
import type { Language } from '../binary/binary.ts';
import { OUTCOMES } from '../timeline/calls.ts';
import { callerKey, callerName } from './caller.ts';
import { endingWords } from './ending.ts';
import { DIMENSIONS, type Dimension, type Tally } from './tally.ts';

export interface FacetValue {
  /** As the filter names it. */
  readonly value: string | number;
  /** For people. */
  readonly name: string;
  /** Listed single calls that have it. */
  readonly calls: number;
}

export interface Facet {
  readonly dimension: Dimension;
  readonly values: readonly FacetValue[];
}

/** More are found by sorting the table. */
const MOST_VALUES = 40;

/** Dimensions in which calls have more than one value, or the only one is chosen. */
export function facetsOf(
  tally: Tally,
  names: Pick<ReadonlyMap<number, string>, 'get'>,
  language: Language,
): readonly Facet[] {
  return DIMENSIONS.map((dimension) => {
    const calls = new Map<string | number, FacetValue>();
    for (const [number, { picked, rest }] of tally.values[dimension]) {
      if ((dimension === 'goroutine' || dimension === 'caller') && number <= 0) continue;
      const value =
        dimension === 'caller' ? callerKey(names, number) : dimension === 'outcome' ? (OUTCOMES[number] ?? '') : number;
      const outcome = OUTCOMES[number];
      const name =
        dimension === 'caller'
          ? callerName(names, number)
          : dimension === 'outcome' && outcome
            ? endingWords(outcome, language)
            : String(value);
      const before = calls.get(value)?.calls ?? 0;
      calls.set(value, { value, name, calls: before + picked.calls + rest.calls });
    }
    const values = [...calls.values()].sort((a, b) => b.calls - a.calls).slice(0, MOST_VALUES);
    return { dimension, values };
  }).filter(({ values }) => values.length > 0);
}
