/** Found symbols as rows of a list: grouped by package or namespace, best group first. */
import type { Language, SymbolInfo } from '../../lib/binary/binary.ts';
import type { SymbolMatch } from '../../lib/protocol/gateway.ts';
import type { PickerRow } from '../ui/Picker.tsx';

export interface SymbolOption {
  readonly symbol: SymbolInfo;
  /** The name below its group's heading, and which ranges of it match. */
  readonly text: string;
  readonly matches: readonly (readonly [number, number])[];
}

const HEIGHT = 30;

export function symbolRows(
  matches: readonly SymbolMatch[],
  suggestions: readonly SymbolInfo[],
  language: Language,
): readonly PickerRow<SymbolOption>[] {
  const suggested = new Set(suggestions.map(({ id }) => id));
  const groups = new Map<string, PickerRow<SymbolOption>[]>();
  for (const { symbol, matches: ranges } of matches) {
    if (suggested.has(symbol.id)) continue;
    const length = prefixLength(symbol.demangled, language);
    const title = symbol.demangled.slice(0, length).replace(/(::|\.)$/, '');
    const group = groups.get(title) ?? [];
    groups.set(title, group);
    group.push(option({ symbol, text: symbol.demangled.slice(length), matches: shifted(ranges, length) }));
  }
  const rows: PickerRow<SymbolOption>[] = [];
  if (suggestions.length > 0) {
    rows.push(heading('suggested', 'Worth a look'));
    for (const symbol of suggestions) rows.push(option({ symbol, text: symbol.demangled, matches: [] }));
  }
  for (const [title, options] of groups)
    rows.push(heading(`group ${title}`, title || (groups.size > 1 ? 'No namespace' : 'Functions')), ...options);
  return rows;
}

export const symbolKey = ({ id }: Pick<SymbolInfo, 'id'>): string => `symbol-${id}`;

function heading(key: string, title: string): PickerRow<SymbolOption> {
  return { kind: 'heading', key, title };
}

function option(item: SymbolOption): PickerRow<SymbolOption> {
  return { kind: 'option', key: symbolKey(item.symbol), item, height: HEIGHT };
}

function shifted(ranges: SymbolMatch['matches'], by: number): SymbolMatch['matches'] {
  return ranges.flatMap(([from, to]) => (to > by ? [[Math.max(0, from - by), to - by] as const] : []));
}

/** Length of `net/rpc.` in `net/rpc.(*Client).Call`, of `a::b<c::d>::` in `a::b<c::d>::e(f::g)`. */
export function prefixLength(name: string, language: Language): number {
  if (language === 'go') return name.indexOf('.', name.lastIndexOf('/', beforeArguments(name)) + 1) + 1;
  let depth = 0;
  let length = 0;
  for (let at = 0; at < name.length; at++) {
    const rest = name.slice(at, at + 2);
    if (rest === '->') at += 1;
    else if ('<{['.includes(name[at] ?? '')) depth += 1;
    else if ('>}]'.includes(name[at] ?? '')) depth = Math.max(0, depth - 1);
    else if (name[at] === '(' && depth === 0) {
      // `(anonymous namespace)::` is a part of the name; any other bracket begins the arguments.
      if (!name.startsWith('(anonymous', at)) break;
      at = name.indexOf(')', at);
      if (at < 0) break;
    } else if (rest === '::' && depth === 0) {
      length = at + 2;
      at += 1;
    }
  }
  return length;
}

/** Type arguments of Go's generics hold paths of their own: `slices.Index[go.shape.string]`. */
function beforeArguments(name: string): number {
  const bracket = name.indexOf('[');
  return bracket < 0 ? name.length : bracket;
}
