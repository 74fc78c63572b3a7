import { memo } from 'react';
import type { HistogramRow } from '../../lib/chart/histogram-rows.ts';

interface Props {
  readonly rows: readonly HistogramRow[];
  readonly comparing: boolean;
}

const UNITS = 1000;

/** The share of calls that are not slower, from 0 at the left to all at the right. */
export const CumulativeLine = memo(function CumulativeLine({ rows, comparing }: Props) {
  if ((rows[0]?.upTo ?? 0) === 0) return null;
  return (
    <svg
      viewBox={`0 0 ${UNITS} ${UNITS}`}
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-0 size-full"
      aria-hidden="true"
    >
      <Line d={path(rows, ({ upTo }) => upTo)} stroke="var(--muted)" />
      {comparing ? <Line d={path(rows, ({ selectedUpTo }) => selectedUpTo)} stroke="var(--accent)" /> : null}
    </svg>
  );
});

function Line({ d, stroke }: { readonly d: string; readonly stroke: string }) {
  return <path d={d} fill="none" stroke={stroke} strokeWidth="1" vectorEffect="non-scaling-stroke" />;
}

/** Steps, from the fastest call to the slowest: within a row nobody knows where its calls are. `rows` from the slowest. */
function path(rows: readonly HistogramRow[], share: (row: HistogramRow) => number): string {
  const height = UNITS / rows.length;
  let steps = '';
  for (let fromTop = rows.length - 1; fromTop >= 0; fromTop--) {
    const row = rows[fromTop];
    const value = row ? share(row) : 0;
    if (value === 0) continue;
    const bottom = ((fromTop + 1) * height).toFixed(1);
    steps += `${steps === '' ? `M0 ${bottom}` : ''}H${(value * UNITS).toFixed(1)}V${(fromTop * height).toFixed(1)}`;
    if (value === 1) break;
  }
  return steps;
}
