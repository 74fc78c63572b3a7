import type { QuantileMark } from '../../lib/chart/histogram-rows.ts';
import { spread } from '../../lib/chart/spread.ts';
import { durationBounds, durationRange } from '../../lib/format/format.ts';

interface Props {
  readonly marks: readonly QuantileMark[];
  /** Of the plot, in pixels. */
  readonly height: number;
  /** Room for the labels, at the right. */
  readonly room: number;
}

const LABEL_HEIGHT = 15;
/** Between the bars and the labels: a line leads from the mark to its label where that had to move. */
const LEADER = 10;

/** Where the percentiles are: a line through the bars, and its name with the bounds of its bucket. */
export function HistogramMarks({ marks, height, room }: Props) {
  const places = spread(
    marks.map(({ position }) => position),
    LABEL_HEIGHT / Math.max(1, height),
  );
  return (
    <div className="pointer-events-none absolute inset-0">
      <svg
        viewBox={`0 0 ${LEADER} ${height}`}
        preserveAspectRatio="none"
        className="absolute inset-y-0 h-full overflow-visible"
        style={{ left: `calc(100% - ${room}px)`, width: LEADER }}
        aria-hidden="true"
      >
        {marks.map(({ label, position }, index) => (
          <path
            key={label}
            d={`M0 ${(1 - position) * height}L${LEADER} ${(1 - (places[index] ?? position)) * height}`}
            className="stroke-text/40"
            strokeWidth="1"
            fill="none"
          />
        ))}
      </svg>
      {marks.map(({ label, from, to, position }, index) => (
        <div key={label}>
          <span
            className="absolute left-0 h-px bg-text/40"
            style={{ bottom: `${position * 100}%`, right: room }}
            aria-hidden="true"
          />
          <span
            data-testid="quantile"
            title={`${label}: ${durationRange(from, to)}, exact to the bucket`}
            className="pointer-events-auto absolute h-[15px] text-11 leading-[15px] whitespace-nowrap text-muted"
            style={{
              bottom: `calc(${(places[index] ?? position) * 100}% - 7px)`,
              left: `calc(100% - ${room - LEADER - 3}px)`,
            }}
          >
            <span className="text-text">{label}</span> {durationBounds(from, to)}
          </span>
        </div>
      ))}
    </div>
  );
}
