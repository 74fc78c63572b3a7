import type { LatencyAxis } from '../../chart/axis.ts';
import { latencyPosition } from '../../chart/axis.ts';
import type { HistogramRow, QuantileMark } from '../../chart/histogram-rows.ts';
import { spread } from '../../chart/spread.ts';
import { latencyTicks } from '../../chart/ticks.ts';
import { histogramWords } from '../../chart/words.ts';
import { count, durationBounds } from '../../format/format.ts';
import { coordinate, type PictureInks, path, picture, text } from './svg.ts';

export interface HistogramPicture {
  readonly axis: LatencyAxis;
  /** From the slowest to the fastest. */
  readonly rows: readonly HistogramRow[];
  readonly marks: readonly QuantileMark[];
  /** Some calls are selected, to be told from the rest. */
  readonly comparing: boolean;
  readonly inks: PictureInks;
  readonly title: string;
  readonly facts: string;
}

const SIZE = { width: 800, height: 560 };
const [LEFT, TOP, WIDTH, HEIGHT] = [64, 72, 560, 456];
const LABEL_HEIGHT = 15;

/** The histogram as it is shown: a bar for each row of the latency axis, its length by log count, its number beside it. */
export function histogramSvg({ axis, rows, marks, comparing, inks, title, facts }: HistogramPicture): string {
  const yOf = (position: number) => TOP + HEIGHT * (1 - position);
  const places = spread(
    marks.map(({ position }) => position),
    LABEL_HEIGHT / HEIGHT,
  );
  const bar = ({ from, to }: HistogramRow, length: number, fill: string, calls: number): string => {
    const [bottom, edge] = [yOf(latencyPosition(axis, from)), yOf(latencyPosition(axis, to))];
    const high = Math.max(0.5, bottom - edge - 0.5);
    return `<rect x="${LEFT}" y="${coordinate(edge)}" width="${coordinate(length * WIDTH)}" height="${coordinate(high)}" fill="${fill}"><title>${durationBounds(from, to)}: ${count(calls)} calls</title></rect>\n`;
  };
  const body = [
    ...latencyTicks(axis).flatMap(({ position, label }) => [
      `<path d="${path([
        [LEFT, yOf(position)],
        [LEFT + WIDTH, yOf(position)],
      ])}" stroke="${inks.line}"/>\n`,
      text(LEFT - 10, yOf(position) + 4, label, { anchor: 'end' }),
    ]),
    ...rows.flatMap((row) => [
      row.count > 0 ? bar(row, row.length, comparing ? inks.rest : row.slow ? inks.slow : inks.bar, row.count) : '',
      row.selected > 0 ? bar(row, row.selectedLength, inks.accent, row.selected) : '',
    ]),
    ...marks.flatMap(({ label, from, to, position }, at) => [
      `<path d="${path([
        [LEFT, yOf(position)],
        [LEFT + WIDTH, yOf(position)],
        [LEFT + WIDTH + 10, yOf(places[at] ?? position)],
      ])}" fill="none" stroke="${inks.text}" stroke-opacity="0.4"/>\n`,
      text(LEFT + WIDTH + 14, yOf(places[at] ?? position) + 4, `${label} ${durationBounds(from, to)}`, {
        fill: inks.text,
      }),
    ]),
    text(LEFT, SIZE.height - 10, `heatprobe · bars: log count${comparing ? ', selected against the rest' : ''}`),
  ];
  return picture({ ...SIZE, inks, title, facts, words: histogramWords(rows, marks), body });
}
