import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Comparison, PercentileShift, Slowest, Verdict } from '../../lib/compare/compare.ts';
import type { QuantileBounds } from '../../lib/compare/quantile.ts';
import type { Ratio } from '../../lib/compare/ratio.ts';
import {
  boundsWords,
  changeBoundsWords,
  changeWords,
  middle,
  rateBoundsWords,
  shortBounds,
} from '../../lib/compare/words.ts';
import { duration, durationBounds, rate } from '../../lib/format/format.ts';
import { Cell, HeadCell } from '../ui/Cell.tsx';

/** Each figure of A and of B with its interval below it, and the change. */
export function CompareTable({ comparison: { percentiles, max, rate: rates } }: { readonly comparison: Comparison }) {
  return (
    <table className="w-full table-fixed border-collapse text-12" data-testid="compare-table">
      <thead className="text-11 text-faint">
        <tr className="border-b border-line">
          <HeadCell className="w-[96px]">Figure</HeadCell>
          <HeadCell right>A</HeadCell>
          <HeadCell right>B</HeadCell>
          <HeadCell right>Change</HeadCell>
        </tr>
      </thead>
      <tbody>
        {percentiles.map((shift) => (
          <PercentileRow key={shift.name} shift={shift} />
        ))}
        <Row name="max" note="no interval">
          <Pair value={slowestWords(max.a)} interval="slowest call" />
          <Pair value={slowestWords(max.b)} interval="slowest call" />
          <Pair value="" interval="" />
        </Row>
        <Row name="calls a second" note={rates.ratio ? rates.verdict : 'unknown'} tone="plain">
          <Pair
            value={rates.a ? rate(rates.a.measured) : '–'}
            interval={rates.a ? shortBounds(rateBoundsWords(rates.a)) : ''}
          />
          <Pair
            value={rates.b ? rate(rates.b.measured) : '–'}
            interval={rates.b ? shortBounds(rateBoundsWords(rates.b)) : ''}
          />
          <Change ratio={rates.ratio} />
        </Row>
      </tbody>
    </table>
  );
}

function PercentileRow({ shift: { name, a, b, ratio, verdict } }: { readonly shift: PercentileShift }) {
  return (
    <Row name={name} note={verdict} tone={TONES[verdict]}>
      <BoundsPair bounds={a} />
      <BoundsPair bounds={b} />
      <Change ratio={ratio} />
    </Row>
  );
}

type Tone = 'slow' | 'good' | 'plain';

const TONES: Readonly<Record<Verdict, Tone>> = {
  higher: 'slow',
  lower: 'good',
  unclear: 'plain',
  'no change': 'plain',
  'too few calls': 'plain',
};

interface RowProps {
  readonly name: string;
  /** The verdict. */
  readonly note: string;
  readonly tone?: Tone;
  readonly children: ReactNode;
}

function Row({ name, note, tone = 'plain', children }: RowProps) {
  return (
    <tr className="h-11 border-b border-line">
      <th scope="row" className="pl-4 text-left font-normal">
        <span className="block text-text">{name}</span>
        <span
          className={clsx(
            'block text-11',
            tone === 'slow' ? 'text-slow' : tone === 'good' ? 'text-good' : 'text-muted',
          )}
        >
          {note}
        </span>
      </th>
      {children}
    </tr>
  );
}

function Pair({ value, interval }: { readonly value: string; readonly interval: string }) {
  return (
    <Cell right title={interval}>
      <span className="block text-13 text-text">{value}</span>
      <span className="block truncate text-11 text-muted">{interval}</span>
    </Cell>
  );
}

const BoundsPair = ({ bounds }: { readonly bounds: QuantileBounds | null }) => (
  <Pair
    value={bounds ? duration(middle(bounds)) : '–'}
    interval={bounds ? shortBounds(boundsWords(bounds)) : 'no calls'}
  />
);

const Change = ({ ratio }: { readonly ratio: Ratio | null }) => (
  <Pair
    value={ratio ? changeWords(ratio.measured) : '–'}
    interval={ratio ? shortBounds(changeBoundsWords(ratio)) : ''}
  />
);

const slowestWords = (slowest: Slowest | null): string =>
  slowest === null
    ? '–'
    : slowest.from === slowest.to
      ? duration(slowest.from)
      : durationBounds(slowest.from, slowest.to);
