import { expect, test } from 'vitest';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import { prefixLength, symbolRows } from './symbol-rows.ts';

test.each([
  ['net/rpc.(*Client).Call', 'go', 'net/rpc.'],
  ['main.callAll', 'go', 'main.'],
  ['slices.Index[github.com/a/b.T]', 'go', 'slices.'],
  ['http::httpget', 'rust', 'http::'],
  ['<alloc::vec::Vec<T> as core::ops::Drop>::drop', 'rust', '<alloc::vec::Vec<T> as core::ops::Drop>::'],
  ['node::fs::Read(v8::FunctionCallbackInfo<v8::Value> const&)', 'c++', 'node::fs::'],
  ['a::(anonymous namespace)::b(int)', 'c++', 'a::(anonymous namespace)::'],
  ['deflate', 'c', ''],
] as const)('the prefix of %s', (name, language, prefix) => {
  expect(name.slice(0, prefixLength(name, language))).toBe(prefix);
});

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
  expect(rows.map((row) => (row.kind === 'heading' ? `# ${row.title}` : row.item.text))).toEqual([
    '# net/rpc',
    '(*Client).Call',
    '(*Client).Go',
    '# main',
    'call',
  ]);
  expect(rows[1]?.kind === 'option' && rows[1].item.matches).toEqual([[2, 8]]);
});

test('suggestions come first and once', () => {
  const rows = symbolRows([{ symbol: symbol(1, 'a::b'), matches: [] }], [symbol(1, 'a::b')], 'c++');
  expect(rows.map(({ key }) => key)).toEqual(['suggested', 'symbol-1']);
});
