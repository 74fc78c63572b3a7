/** Charts of the page as files. Loaded when one is asked for. */
import { heatGrid } from '../../lib/chart/grid.ts';
import { histogramRows, quantileMarks } from '../../lib/chart/histogram-rows.ts';
import { linesReach, percentileLines } from '../../lib/chart/percentiles.ts';
import { sharedAxis } from '../../lib/chart/shared-axis.ts';
import { exportFileName } from '../../lib/export/file-name.ts';
import type { PictureName } from '../../lib/export/format-list.ts';
import { heatMapSvg } from '../../lib/export/picture/heat-map.ts';
import { histogramSvg } from '../../lib/export/picture/histogram.ts';
import type { PictureInks } from '../../lib/export/picture/svg.ts';
import { clockSeconds, dayTime, plural } from '../../lib/format/format.ts';
import { totalCount } from '../../lib/latency/histogram.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { columnsBetween } from '../../lib/timeline/columns.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import { viewedHistograms } from '../../lib/view/histograms.ts';
import type { ViewState } from '../../lib/view/state.ts';
import { viewedTime } from '../../lib/view/window.ts';

export interface Pictured {
  readonly head: SessionHead;
  readonly timeline: Timeline;
  readonly view: ViewState;
  readonly running: boolean;
}

/** Pixels of a PNG for one of the drawing: sharp on paper and on dense screens. */
const SCALE = 2;

/** Makes the chart as it is shown now, in the colours of the page, and hands it over as a file. */
export async function savePicture(name: PictureName, shown: Pictured): Promise<void> {
  const svg = new Blob([name.startsWith('heat-map') ? heatMap(shown) : histogram(shown)], { type: 'image/svg+xml' });
  const file = name.endsWith('.png') ? await png(svg) : svg;
  if (file) download(file, exportFileName(shown.head, name));
}

function heatMap({ head, timeline, view, running }: Pictured): string {
  const time = viewedTime(view.window, timeline, running);
  const grid = heatGrid(columnsBetween(timeline, time), time, sharedAxis(timeline, view));
  return heatMapSvg({
    grid,
    lines: percentileLines(columnsBetween(timeline, linesReach(time)), time),
    shownLines: view.lines,
    wallOffset: timeline.wallOffset,
    noiseFloor: head.plan.costPerCall,
    colourBy: view.colour,
    theme: theme(),
    inks: inks(),
    ...said(head, timeline, time, grid.total + grid.above),
  });
}

function histogram({ head, timeline, view, running }: Pictured): string {
  const time = viewedTime(view.window, timeline, running);
  const { all, selected } = viewedHistograms(timeline, time, view.selection);
  const axis = sharedAxis(timeline, view);
  return histogramSvg({
    axis,
    rows: histogramRows(all, selected, axis),
    marks: quantileMarks(all, axis),
    comparing: selected !== null,
    inks: inks(),
    ...said(head, timeline, time, totalCount(all)),
  });
}

function said(
  { subject }: SessionHead,
  { wallOffset, from, to }: Timeline,
  time: { readonly from: number; readonly to: number },
  calls: number,
) {
  const clock = (at: number) => wallOffset + Math.min(Math.max(at, from), to) / 1e6;
  const where = subject.pid === null ? subject.path : `${subject.processName ?? subject.path} · pid ${subject.pid}`;
  const when = `${dayTime(clock(time.from))} to ${clockSeconds(clock(time.to))}`;
  return { title: subject.symbol.demangled, facts: `${where} · ${when} · ${plural(calls, 'call')}` };
}

const theme = () => (document.documentElement.dataset.theme === 'light' ? 'light' : 'dark');

function inks(): PictureInks {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    background: token('bg'),
    text: token('text'),
    muted: token('muted'),
    line: token('line'),
    warn: token('warn'),
    slow: token('slow'),
    bar: token('bar'),
    rest: token('rest'),
    accent: token('accent'),
  };
}

async function png(svg: Blob): Promise<Blob | null> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth * SCALE, image.naturalHeight * SCALE];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Not before the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
