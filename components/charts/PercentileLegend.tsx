'use client';

import clsx from 'clsx';
import { LINE_KEYS, type LineKey } from '../../lib/chart/percentiles.ts';
import { columnAt } from '../../lib/chart/view.ts';
import { LINE_WORDS, latestValues, lineText, valuesAt } from '../../lib/chart/words.ts';
import { axisDuration, clockSeconds, rate as rateText } from '../../lib/format/format.ts';
import type { EpochMillis } from '../../lib/units.ts';
import { useCrosshair } from './crosshair.tsx';
import { type PercentileData, STROKES } from './PercentileChart.tsx';

interface Props {
  readonly data: PercentileData;
  readonly wallOffset: EpochMillis;
  readonly onShown: (shown: readonly LineKey[]) => void;
}

/** The lines by name, each a switch, with their values: under the crosshair, else the latest. */
export function PercentileLegend({ data: { lines, rate, shown }, wallOffset, onShown }: Props) {
  const time = useCrosshair()?.time ?? null;
  const { view } = lines;
  const pointed = time === null || time < view.from || time > view.to ? null : time;
  const column = pointed === null ? null : columnAt(view, (pointed - view.from) / (view.to - view.from));
  const values = column === null ? latestValues(lines) : valuesAt(lines, column);
  const calls = column === null ? Number.NaN : (rate[column] ?? Number.NaN);
  const toggle = (key: LineKey) =>
    onShown(
      shown.includes(key)
        ? shown.filter((other) => other !== key)
        : LINE_KEYS.filter((other) => other === key || shown.includes(other)),
    );
  return (
    <span className="flex items-center gap-1 text-11 text-muted" data-testid="percentile-legend">
      <span className="mr-3 text-faint max-lg:hidden" data-testid="percentile-readout">
        {pointed === null
          ? `each over ${axisDuration(lines.stretch)}`
          : `${clockSeconds(wallOffset + pointed / 1e6)} · ${Number.isNaN(calls) ? '–' : `${rateText(calls)} calls/s`}`}
      </span>
      {LINE_KEYS.map((key) => {
        const on = shown.includes(key);
        return (
          <button
            key={key}
            type="button"
            data-paper="yes"
            aria-pressed={on}
            title={on ? `Hide ${LINE_WORDS[key]}` : `Show ${LINE_WORDS[key]}`}
            onClick={() => toggle(key)}
            className="flex h-6 items-center gap-[6px] rounded-chip px-[6px] whitespace-nowrap hover:text-text max-md:gap-1 max-md:px-[2px]"
          >
            <span
              aria-hidden="true"
              className="h-[2px] w-3 max-md:w-2"
              style={{ background: on ? STROKES[key] : 'transparent' }}
            />
            <span className={clsx(!on && 'line-through')}>{LINE_WORDS[key]}</span>
            <span
              className={clsx(
                'text-left max-md:hidden',
                key === 'max' ? 'min-w-[68px]' : 'min-w-[50px]',
                on && 'text-text',
              )}
            >
              {valueText(key, values?.[key] ?? null)}
            </span>
          </button>
        );
      })}
    </span>
  );
}

/** A dash where too few calls returned in a stretch for this percentile. */
function valueText(key: LineKey, value: number | null): string {
  return value === null ? '–' : lineText(key, value);
}
