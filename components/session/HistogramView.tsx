'use client';

import { useMemo } from 'react';
import { type HistogramRow, histogramRows, quantileMarks } from '../../lib/chart/histogram-rows.ts';
import { sharedAxis } from '../../lib/chart/shared-axis.ts';
import { count, duration, share } from '../../lib/format/format.ts';
import { viewedHistograms } from '../../lib/view/histograms.ts';
import { viewedTime } from '../../lib/view/window.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import { type DataColumn, DataTable } from '../charts/DataTable.tsx';
import { Histogram } from '../charts/Histogram.tsx';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useShownVersion } from './useShownVersion.ts';
import { useView } from './view.tsx';

interface Props {
  readonly live: LiveTimeline;
  /** False once the session is over. */
  readonly running: boolean;
}

/** The calls in view by latency; those selected against the rest. */
export function HistogramView({ live, running }: Props) {
  const { view, change } = useView();
  const { window, selection, y, crop } = view;
  const version = useShownVersion(live, 2, view);
  const timeline = live.current();
  // The same while it fits; a picture of the past gets another one, too, when a slower call comes.
  const axis = sharedAxis(timeline, { y, crop });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline changes in place, its version says when.
  const data = useMemo(() => {
    const { all, selected } = viewedHistograms(timeline, viewedTime(window, timeline, running), selection);
    return {
      axis,
      rows: histogramRows(all, selected, axis),
      marks: quantileMarks(all, axis),
      comparing: selected !== null,
    };
  }, [timeline, version, window, running, selection, axis]);
  return (
    <ChartFrame
      title="Histogram"
      className="h-[300px] border-t border-line md:h-auto md:border-t-0"
      tools={
        <>
          {data.comparing ? (
            <Key />
          ) : (
            <span className="text-11 text-faint" title="The calls that the heat map shows">
              calls in view
            </span>
          )}
          <DataTable
            title="Calls in view by latency"
            columns={data.comparing ? [...COLUMNS, SELECTED] : COLUMNS}
            rows={() => data.rows.filter((row) => row.count > 0)}
            note="Exact counts, from the slowest; latencies without a call are left out."
          />
        </>
      }
    >
      <Histogram
        data={data}
        range={selection?.latency ?? null}
        onSelect={(latency) => change({ selection: latency ? { time: null, latency } : null })}
      />
    </ChartFrame>
  );
}

const COLUMNS: readonly DataColumn<HistogramRow>[] = [
  { name: 'From', right: true, text: ({ from }) => duration(from, 4) },
  { name: 'To, exclusive', right: true, text: ({ to }) => duration(to, 4) },
  { name: 'Calls', right: true, text: (row) => count(row.count) },
  { name: 'Share up to', right: true, text: ({ upTo }) => share(upTo, 1) },
];
const SELECTED: DataColumn<HistogramRow> = { name: 'Selected', right: true, text: ({ selected }) => count(selected) };

function Key() {
  return (
    <span className="flex gap-3 text-11 text-muted">
      <span className="flex items-center gap-[5px]">
        <span aria-hidden="true" className="size-2 rounded-[2px] bg-accent" />
        selected
      </span>
      <span className="flex items-center gap-[5px]">
        <span aria-hidden="true" className="size-2 rounded-[2px] bg-rest" />
        rest
      </span>
    </span>
  );
}
