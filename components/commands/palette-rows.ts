/** Commands as rows of the palette: by group while nothing is searched for, then the best fit first. */
import { fuzzyScore } from '../../lib/search/fuzzy.ts';
import type { PickerRow } from '../ui/Picker.tsx';
import type { Command } from './commands.ts';

export const GROUPS: readonly Command['group'][] = ['View', 'Calls', 'Session', 'Trace', 'Go to'];

const ROW_HEIGHT = 36;
/** More than anybody reads. */
const MOST_ROWS = 200;

type Row = PickerRow<Command>;

export function paletteRows(commands: readonly Command[], query: string): readonly Row[] {
  // The palette is open already.
  const offered = commands.filter(({ id, disabled }) => !disabled && id !== 'palette');
  if (query.trim() === '')
    return grouped(offered).flatMap(({ group, members }) => [heading(group), ...members.map(row)]);
  return offered
    .flatMap((command) => {
      const score = fuzzyScore(fieldsOf(command), query);
      return score === null ? [] : [{ command, score }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_ROWS)
    .map(({ command }) => row(command));
}

/** Groups that have a command, in their order. */
export function grouped(commands: readonly Command[]) {
  return GROUPS.map((group) => ({ group, members: commands.filter((command) => command.group === group) })).filter(
    ({ members }) => members.length > 0,
  );
}

const fieldsOf = ({ title, group }: Command) => [
  { text: title, weight: 2 },
  { text: group, weight: 1 },
];

const heading = (group: string): Row => ({ kind: 'heading', key: `heading-${group}`, title: group });
const row = (command: Command): Row => ({ kind: 'option', key: command.id, item: command, height: ROW_HEIGHT });
