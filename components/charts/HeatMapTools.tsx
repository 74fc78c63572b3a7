'use client';

import { LINE_NAMES, type LineName, type ViewState } from '../../lib/view/state.ts';
import { useCommands } from '../commands/commands.ts';
import { Segmented } from '../ui/Segmented.tsx';

type Look = Pick<ViewState, 'y' | 'colour' | 'crop' | 'lines'>;

interface Props {
  readonly look: Look;
  readonly onChange: (change: Partial<Look>) => void;
}

const SCALES = [
  { value: 'log', name: 'log', title: 'Latency by logarithm (key y)' },
  { value: 'linear', name: 'linear', title: 'Latency in proportion (key y)' },
] as const;
const COLOURS = [
  { value: 'rank', name: 'rank', title: 'Colour by rank among the cells: rare calls stand out (key c)' },
  { value: 'log', name: 'log count', title: 'Colour by the logarithm of the count (key c)' },
] as const;
const CROP = [{ value: 'crop', name: 'crop', title: 'Leave the slowest outliers off the axis (key o)' }] as const;
const LINES = LINE_NAMES.map((name) => ({ value: name, name, title: `Draw ${name} over time` }));

/** The keys of the switches; once a page, wherever these are drawn. */
export function useHeatMapKeys({ look: { y, colour, crop }, onChange }: Props): void {
  useCommands([
    {
      id: 'heat-y',
      title: y === 'log' ? 'Latency axis: linear' : 'Latency axis: logarithmic',
      keys: ['y'],
      group: 'View',
      run: () => onChange({ y: y === 'log' ? 'linear' : 'log' }),
    },
    {
      id: 'heat-colour',
      title: colour === 'rank' ? 'Colour by log count' : 'Colour by rank',
      keys: ['c'],
      group: 'View',
      run: () => onChange({ colour: colour === 'rank' ? 'log' : 'rank' }),
    },
    {
      id: 'heat-crop',
      title: crop ? 'Show outliers' : 'Crop outliers',
      keys: ['o'],
      group: 'View',
      run: () => onChange({ crop: !crop }),
    },
  ]);
}

/** How the heat map is drawn: axis, colour, outliers, percentile lines. */
export function HeatMapTools({ look: { y, colour, crop, lines }, onChange }: Props) {
  const toggled = (name: LineName) =>
    LINE_NAMES.filter((each) => (each === name ? !lines.includes(name) : lines.includes(each)));
  return (
    <>
      <Segmented
        label="Latency axis"
        choices={SCALES}
        chosen={(value) => value === y}
        onChoose={(value) => onChange({ y: value })}
      />
      <Segmented
        label="Colour by"
        choices={COLOURS}
        chosen={(value) => value === colour}
        onChoose={(value) => onChange({ colour: value })}
      />
      <Segmented label="Outliers" choices={CROP} chosen={() => crop} onChoose={() => onChange({ crop: !crop })} />
      <Segmented
        label="Percentile lines"
        choices={LINES}
        chosen={(name) => lines.includes(name)}
        onChoose={(name) => onChange({ lines: toggled(name) })}
      />
    </>
  );
}
