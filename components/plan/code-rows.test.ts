import { expect, test } from 'vitest';
import type { CodeListing } from '../../lib/protocol/code.ts';
import type { Site } from '../../lib/protocol/plan.ts';
import { codeRows, marksIn, siteWords } from './code-rows.ts';

const site = (kind: Site['kind'], address: number, place: string): Site => ({
  kind,
  address,
  place,
  path: '/a',
  instruction: 'ret',
  cost: 'single-stepped',
  note: '',
});

const listing: CodeListing = {
  pieces: [
    {
      name: 'f',
      from: 0x100,
      lines: [
        { address: 0x100, bytes: '55', text: 'push %rbp' },
        { address: 0x101, bytes: '4889e5', text: 'mov %rsp,%rbp' },
        { address: 0x104, bytes: 'c3', text: 'ret' },
      ],
    },
    { name: 'f.cold', from: 0x80, lines: [{ address: 0x84, bytes: 'c3', text: 'ret' }] },
  ],
  omitted: 7,
  note: '',
};

const plan = {
  entry: site('entry', 0x100, '+0x0'),
  exits: [site('return', 0x104, '+0x4'), site('tail-call', 0x84, 'f.cold+0x4')],
  landings: [site('landing', 0x9000, '__longjmp+0x48')],
};

test('pieces, then landings; each site on its own instruction', () => {
  const rows = codeRows(listing, plan).map((row) =>
    row.kind === 'heading' ? `# ${row.title}` : `${row.offset} | ${row.bytes} | ${row.text} | ${row.site?.kind ?? ''}`,
  );
  expect(rows).toEqual([
    '+0x0 | 55 | push %rbp | entry',
    '+0x1 | 48 89 e5 | mov %rsp,%rbp | ',
    '+0x4 | c3 | ret | return',
    '# f.cold',
    '+0x4 | c3 | ret | tail-call',
    '# 7 more instructions are not listed',
    '# Where unwinding lands',
    '__longjmp+0x48 |  | ret | landing',
  ]);
});

test('one can jump to each site; several of a kind are numbered', () => {
  expect(marksIn(codeRows(listing, plan))).toEqual([
    { index: 0, name: 'entry' },
    { index: 2, name: 'exit 1' },
    { index: 4, name: 'exit 2' },
    { index: 7, name: 'landing' },
  ]);
});

test('a site says what it is and how the kernel runs it', () => {
  expect(siteWords(site('tail-call', 1, ''))).toBe('exit by tail call, single-stepped');
  expect(siteWords({ ...site('entry', 1, ''), note: 'after the stack check' })).toBe(
    'entry, single-stepped, after the stack check',
  );
});
