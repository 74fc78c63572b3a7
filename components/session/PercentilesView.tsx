'use client';

import { useMemo } from 'react';
import { LINE_KEYS, type LineKey, linesReach, percentileLines, rateLine } from '../../lib/chart/percentiles.ts';
import { LINE_WORDS, lineText } from '../../lib/chart/words.ts';
import { clockTime, rate as rateText } from '../../lib/format/format.ts';
import { columnsBetween } from '../../lib/timeline/columns.ts';
import { toBoot, viewedTime } from '../../lib/view/window.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import { type DataColumn, DataTable } from '../charts/DataTable.tsx';
import { PercentileChart, type PercentileData } from '../charts/PercentileChart.tsx';
import { PercentileLegend } from '../charts/PercentileLegend.tsx';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useShownVersion } from './useShownVersion.ts';
import { useView } from './view.tsx';

interface Props {
  readonly live: LiveTimeline;
  /** False once the session is over. */
  readonly running: boolean;
}

/** Percentiles and rate over time, with their legend and their numbers. */
export function PercentilesView({ live, running }: Props) {
  const { view, change } = useView();
  const { window, selection, trends: shown } = view;
  const version = useShownVersion(live, 2, { window, selection: null });
  const timeline = live.current();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline changes in place, its version says when.
  const drawn = useMemo(() => {
    const seen = viewedTime(window, timeline, running);
    const columns = columnsBetween(timeline, linesReach(seen));
    return { lines: percentileLines(columns, seen), rate: rateLine(columns, seen) };
  }, [timeline, version, window, running]);
  const time = selection?.time ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chart is drawn again when this is another object.
  const data: PercentileData = useMemo(
    () => ({ ...drawn, shown, selected: time && toBoot(time, timeline) }),
    [drawn, shown, time, timeline.from],
  );
  return (
    <ChartFrame
      title="Percentiles and rate"
      className="h-[220px] border-t border-line md:h-auto md:border-r"
      tools={
        <>
          <PercentileLegend data={data} wallOffset={timeline.wallOffset} onShown={(trends) => change({ trends })} />
          <DataTable
            title="Percentiles and rate over time"
            columns={[
              { name: 'From', right: true, text: ({ from }) => clockTime(timeline.wallOffset + from / 1e6) },
              ...COLUMNS,
            ]}
            rows={() => rowsOf(data)}
            note="Percentiles are the middle of a bucket, at most 1.6 % off; max are the bounds of one."
          />
        </>
      }
    >
      <PercentileChart data={data} />
    </ChartFrame>
  );
}

interface Row {
  readonly from: number;
  readonly rate: number;
  readonly values: Readonly<Record<LineKey, number>>;
}

const COLUMNS: readonly DataColumn<Row>[] = [
  ...LINE_KEYS.map(
    (key): DataColumn<Row> => ({
      name: LINE_WORDS[key],
      right: true,
      text: ({ values }) => (Number.isNaN(values[key]) ? '–' : lineText(key, values[key])),
    }),
  ),
  { name: 'Calls/s', right: true, text: ({ rate }) => rateText(rate) },
];

/** One a column of the picture, of those that were measured. */
function rowsOf({ lines, rate }: PercentileData): readonly Row[] {
  const { origin, columnSpan } = lines.view;
  const at = (index: number): Row['values'] => ({
    p50: lines.p50[index] ?? Number.NaN,
    p90: lines.p90[index] ?? Number.NaN,
    p99: lines.p99[index] ?? Number.NaN,
    p999: lines.p999[index] ?? Number.NaN,
    max: lines.max[index] ?? Number.NaN,
  });
  return Array.from(rate, (value, index) => ({
    from: origin + index * columnSpan,
    rate: value,
    values: at(index),
  })).filter((row) => !Number.isNaN(row.rate));
}
