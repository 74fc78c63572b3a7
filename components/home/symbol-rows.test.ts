import { expect, test } from 'vitest';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import { nearRows, symbolRows, treeRows } from './symbol-rows.ts';

const symbol = (id: number, demangled: string): SymbolInfo => ({
  id,
  name: demangled,
  demangled,
  address: id,
  size: 10,
  source: 'symtab',
});

test('groups keep the order of their best match, and matched ranges follow their text', () => {
  const rows = symbolRows(
    [
      {
        symbol: symbol(1, 'net/rpc.(*Client).Call'),
        matches: [
          [4, 7],
          [10, 16],
        ],
      },
      { symbol: symbol(2, 'main.call'), matches: [[5, 9]] },
      { symbol: symbol(3, 'net/rpc.(*Client).Go'), matches: [] },
    ],
    [],
    'go',
  );
  expect(
    rows.map((row) => (row.kind === 'heading' ? `# ${row.title}` : row.item.kind === 'function' && row.item.text)),
  ).toEqual(['# net/rpc', '(*Client).Call', '(*Client).Go', '# main', 'call']);
  expect(rows[1]?.kind === 'option' && rows[1].item.kind === 'function' && rows[1].item.matches).toEqual([[2, 8]]);
});

test('suggestions come first and once', () => {
  const rows = symbolRows([{ symbol: symbol(1, 'a::b'), matches: [] }], [symbol(1, 'a::b')], 'c++');
  expect(rows.map(({ key }) => key)).toEqual(['Worth a look', 'symbol-1']);
});

test('where nothing matches, what may have been meant is offered', () => {
  expect(nearRows({ near: [symbol(1, 'a::read')] }).map(({ key }) => key)).toEqual(['Did you mean', 'symbol-1']);
  expect(nearRows({ near: [] })).toEqual([]);
});

test('a tree shows names without the package they are in, and says what is left out', () => {
  const rows = treeRows(
    {
      query: '',
      total: 900,
      near: [],
      lines: [
        { kind: 'branch', key: 'net', title: 'net', depth: 0, count: 900, open: true },
        { kind: 'function', depth: 1, symbol: symbol(1, 'net.(*Conn).Read'), matches: [[0, 3]] },
        { kind: 'more', key: 'net more', depth: 1, count: 899 },
        { kind: 'function', depth: 0, symbol: symbol(2, '_start'), matches: [] },
      ],
    },
    'go',
  );
  expect(
    rows.map((row) =>
      row.kind === 'heading' ? row.title : row.item.kind === 'branch' ? `> ${row.item.title}` : row.item.text,
    ),
  ).toEqual(['> net', '(*Conn).Read', '899 more functions: type a part of the name to see them', '_start']);
});
