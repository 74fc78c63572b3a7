/** Found symbols as rows of a list: best first below their package or namespace, or as a tree of these. */
import type { Language, SymbolInfo } from '../../lib/binary/binary.ts';
import { prefixLength } from '../../lib/binary/namespace.ts';
import { count } from '../../lib/format/format.ts';
import type { SymbolMatch, SymbolSearch, SymbolTree } from '../../lib/protocol/gateway.ts';
import type { PickerRow } from '../ui/Picker.tsx';

export interface FunctionOption {
  readonly kind: 'function';
  readonly symbol: SymbolInfo;
  /** The name below its group's heading, and which ranges of it match. */
  readonly text: string;
  readonly matches: readonly (readonly [number, number])[];
  /** In a tree: how far in; 0 in a list. */
  readonly depth: number;
}

export type SymbolOption =
  | FunctionOption
  | {
      readonly kind: 'branch';
      readonly key: string;
      readonly title: string;
      readonly count: number;
      readonly open: boolean;
      readonly depth: number;
    };

type Row = PickerRow<SymbolOption>;

const HEIGHT = 30;

/** Groups keep the order of their best match. */
export function symbolRows(
  matches: readonly SymbolMatch[],
  suggestions: readonly SymbolInfo[],
  language: Language,
): readonly Row[] {
  const suggested = new Set(suggestions.map(({ id }) => id));
  const groups = new Map<string, Row[]>();
  for (const match of matches) {
    if (suggested.has(match.symbol.id)) continue;
    const length = prefixLength(match.symbol.demangled, language);
    const title = match.symbol.demangled.slice(0, length).replace(/(::|\.)$/, '');
    const group = groups.get(title) ?? [];
    groups.set(title, group);
    group.push(functionRow(match, length, 0));
  }
  const rows = [...namedRows('Worth a look', suggestions)];
  for (const [title, options] of groups)
    rows.push(heading(`group ${title}`, title || (groups.size > 1 ? 'No namespace' : 'Functions')), ...options);
  return rows;
}

/** What may have been meant where nothing matches. */
export const nearRows = ({ near }: Pick<SymbolSearch, 'near'>): readonly Row[] => namedRows('Did you mean', near);

export function treeRows({ lines }: SymbolTree, language: Language): readonly Row[] {
  return lines.map((line): Row => {
    if (line.kind === 'more') {
      return heading(line.key, `${count(line.count)} more functions: type a part of the name to see them`);
    }
    if (line.kind === 'function') {
      const length = line.depth === 0 ? 0 : prefixLength(line.symbol.demangled, language);
      return functionRow(line, length, line.depth);
    }
    const { depth, open } = line;
    return { kind: 'option', key: `branch ${line.key}`, item: line, height: HEIGHT, depth, open };
  });
}

export const symbolKey = ({ id }: Pick<SymbolInfo, 'id'>): string => `symbol-${id}`;

function namedRows(title: string, symbols: readonly SymbolInfo[]): readonly Row[] {
  if (symbols.length === 0) return [];
  return [heading(title, title), ...symbols.map((symbol) => functionRow({ symbol, matches: [] }, 0, 0))];
}

const heading = (key: string, title: string): Row => ({ kind: 'heading', key, title });

function functionRow({ symbol, matches }: SymbolMatch, prefix: number, depth: number): Row {
  const text = symbol.demangled.slice(prefix);
  const item = { kind: 'function', symbol, text, matches: shifted(matches, prefix), depth } as const;
  return { kind: 'option', key: symbolKey(symbol), item, height: HEIGHT, depth };
}

function shifted(ranges: SymbolMatch['matches'], by: number): SymbolMatch['matches'] {
  return ranges.flatMap(([from, to]) => (to > by ? [[Math.max(0, from - by), to - by] as const] : []));
}
