/** A comparison for the command line: as text, and as a document for scripts. */
import { count, duration, durationRange, rate } from '../format/format.ts';
import type { Comparison, PercentileShift, Slowest } from './compare.ts';
import type { Judgement } from './conditions.ts';
import type { NamedSet } from './document-set.ts';
import type { QuantileBounds } from './quantile.ts';
import type { Ratio } from './ratio.ts';
import {
  boundsWords,
  changeBoundsWords,
  changeWords,
  DIFFERENT_FUNCTIONS,
  findingWords,
  middle,
  notesOf,
  rateBoundsWords,
} from './words.ts';

interface Side extends NamedSet {
  readonly file: string;
}

export interface ComparedFiles {
  readonly a: Side;
  readonly b: Side;
  readonly comparison: Comparison;
  readonly judgements: readonly Judgement[];
}

/** The finding, what was compared, a table, notes, and the conditions with their outcome; one line each. */
export function comparisonText({ a, b, comparison, judgements }: ComparedFiles): string[] {
  const notes = [...sameFunction(a, b), ...notesOf(comparison)];
  return [
    findingWords(comparison),
    '',
    sideLine('A', a, comparison.calls.a),
    sideLine('B', b, comparison.calls.b),
    '',
    ...table(comparison),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `note: ${note}`)] : []),
    ...(judgements.length > 0 ? ['', ...judgements.map(judgementLine)] : []),
  ];
}

const OUTCOMES = { met: 'holds', 'not met': 'does not hold', undecided: 'cannot be judged, too few calls' };

const judgementLine = ({ condition, outcome, found }: Judgement): string =>
  `${condition.text}: ${OUTCOMES[outcome]} (${found})`;

function sideLine(name: string, { file, symbol, path, buildId, set }: Side, calls: number): string {
  const build = buildId === null ? '' : `, build ${buildId.slice(0, 12)}`;
  return `${name}  ${file}: ${symbol} in ${path}${build}; ${count(calls)} calls in ${duration(set.span)}`;
}

const sameFunction = (a: Side, b: Side): string[] => (a.symbol === b.symbol ? [] : [DIFFERENT_FUNCTIONS]);

/** Columns as wide as their longest entry; numbers stand at the right. */
function table({ percentiles, max, rate: rates }: Comparison): string[] {
  const rows = [
    ['', 'A', '95 % CI', 'B', '95 % CI', 'change', '95 % CI', ''],
    ...percentiles.map(percentileRow),
    ['max', slowestWords(max.a), '', slowestWords(max.b), '', '', '', 'one call each, no interval'],
    [
      'calls/s',
      ...(rates.a ? [rate(rates.a.measured), rateBoundsWords(rates.a)] : ['', '']),
      ...(rates.b ? [rate(rates.b.measured), rateBoundsWords(rates.b)] : ['', '']),
      ...ratioCells(rates.ratio),
      rates.verdict,
    ],
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

const percentileRow = ({ name, a, b, ratio, verdict }: PercentileShift): string[] => [
  name,
  ...boundsCells(a),
  ...boundsCells(b),
  ...ratioCells(ratio),
  verdict,
];

const boundsCells = (bounds: QuantileBounds | null): string[] =>
  bounds ? [duration(middle(bounds)), boundsWords(bounds)] : ['', ''];

const ratioCells = (ratio: Ratio | null): string[] =>
  ratio ? [changeWords(ratio.measured), changeBoundsWords(ratio)] : ['', ''];

const slowestWords = (slowest: Slowest | null): string =>
  slowest === null
    ? ''
    : slowest.from === slowest.to
      ? duration(slowest.from)
      : durationRange(slowest.from, slowest.to);

/** For scripts: durations in nanoseconds; a bound that is not known is null. */
export function comparisonDocument({ a, b, comparison, judgements }: ComparedFiles) {
  const { calls, percentiles, max, rate: rates } = comparison;
  const side = ({ file, symbol, path, buildId, set }: Side, returned: number) => ({
    file,
    symbol,
    path,
    buildId,
    calls: returned,
    duration: set.span,
    lost: set.lost,
  });
  return {
    finding: findingWords(comparison),
    a: side(a, calls.a),
    b: side(b, calls.b),
    percentiles: percentiles.map(({ name, q, verdict, ratio, needs, ...bounds }) => ({
      name,
      quantile: q,
      a: bounds.a && { ...bounds.a.bar, low: bounds.a.low, high: bounds.a.high },
      b: bounds.b && { ...bounds.b.bar, low: bounds.b.low, high: bounds.b.high },
      ratio: ratioDocument(ratio),
      verdict,
      callsNeeded: needs,
    })),
    max,
    rate: { a: rates.a, b: rates.b, ratio: ratioDocument(rates.ratio), verdict: rates.verdict },
    notes: [...sameFunction(a, b), ...notesOf(comparison)],
    conditions: judgements.map(({ condition, outcome, found }) => ({ condition: condition.text, outcome, found })),
  };
}

const ratioDocument = (ratio: Ratio | null) =>
  ratio && {
    measured: ratio.measured,
    low: ratio.low > 0 ? ratio.low : null,
    high: Number.isFinite(ratio.high) ? ratio.high : null,
  };
