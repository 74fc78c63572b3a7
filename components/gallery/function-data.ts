/** Functions, their code and their groups for the gallery. */
import type { CodeListing } from '../../lib/protocol/code.ts';
import type { BinarySummary, Glance, GroupMember, SymbolTree } from '../../lib/protocol/gateway.ts';
import { CALL, READ, SAFE } from './heads.ts';

export const BINARY: BinarySummary = {
  id: '1',
  path: '/srv/app/client',
  pid: 4242,
  buildId: null,
  language: 'go',
  languageVersion: '1.24',
  functionCount: 6675,
  libraries: [],
};

const NAMES = [
  'net/rpc.(*Client).Call',
  'net/rpc.(*Client).Go',
  'net/rpc.(*Client).input',
  `main.${'Deep'.repeat(900)}`,
];

export const TREE: SymbolTree = {
  query: '',
  total: 6675,
  near: [],
  lines: [
    { kind: 'branch', key: 'main', title: 'main', depth: 0, count: 14, open: false },
    { kind: 'branch', key: 'net', title: 'net/rpc', depth: 0, count: 3, open: true },
    ...NAMES.map((demangled, at) => ({
      kind: 'function' as const,
      depth: 1,
      symbol: { ...CALL, id: at + 1, name: demangled, demangled },
      matches: [],
    })),
    { kind: 'branch', key: 'runtime', title: 'runtime', depth: 0, count: 2210, open: false },
  ],
};

export const GLANCES: ReadonlyMap<number, Glance> = new Map(
  [
    { symbolId: 1, exits: 2, refused: null },
    { symbolId: 2, exits: 21, refused: null },
    { symbolId: 3, exits: null, refused: 'it never returns: it has no return instruction and no jump out of it' },
    { symbolId: 4, exits: null, refused: null },
  ].map((glance) => [glance.symbolId, glance]),
);

const at = (offset: number) => 0x4f2a00 + offset;
const [first, ...others] = SAFE.exits;

/** With the sites of the plan `SAFE` in it. */
export const CODE: CodeListing = {
  pieces: [
    {
      name: CALL.name,
      from: at(0),
      lines: [
        { address: at(0), bytes: '493b6610', text: 'cmp 0x10(%r14),%rsp' },
        { address: at(4), bytes: '0f8600010000', text: 'jbe 0x4f2b0a' },
        { address: SAFE.entry?.address ?? 0, bytes: '55', text: 'push %rbp' },
        { address: at(0x61), bytes: '4889e5', text: 'mov %rsp,%rbp' },
        { address: at(0x64), bytes: '48898424b8000000', text: 'mov %rax,0xb8(%rsp)' },
        { address: first?.address ?? 0, bytes: 'c3', text: 'ret' },
        ...others.map(({ address }) => ({ address, bytes: 'c3', text: 'ret' })),
      ],
    },
  ],
  omitted: 0,
  note: '',
};

export const MEMBERS: readonly GroupMember[] = [
  { id: 'a', symbol: CALL, state: 'tracing', from: 0, p99: 3.002e9, rate: 1284 },
  { id: 'b', symbol: READ, state: 'tracing', from: 1e9, p99: 41_000, rate: 12.4 },
  { id: 'c', symbol: { ...READ, demangled: 'node::Exit(int)' }, state: 'attaching', from: 0, p99: null, rate: null },
];
