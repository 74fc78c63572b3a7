/** Plans and session heads for the gallery. */
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import { problem } from '../../lib/problem.ts';
import type { StoredSession } from '../../lib/protocol/library.ts';
import type { PlanReport, Site, Subject } from '../../lib/protocol/plan.ts';
import type { Loaded, SessionHead, SessionStatus } from '../../lib/protocol/session.ts';

const symbol = (id: number, name: string, demangled: string, size: number): SymbolInfo => ({
  id,
  name,
  demangled,
  size,
  address: 0x401000 + id * 64,
  source: 'symtab',
});

export const CALL = symbol(1, 'net/rpc.(*Client).Call', 'net/rpc.(*Client).Call', 343);
export const READ = symbol(
  2,
  '_ZN4node2fsL4ReadERKN2v820FunctionCallbackInfoINS1_5ValueEEE',
  'node::fs::Read(v8::FunctionCallbackInfo<v8::Value> const&)',
  1924,
);

const site = (kind: Site['kind'], place: string, instruction: string, note = ''): Site => ({
  kind,
  place,
  instruction,
  note,
  path: '/srv/app/client',
  address: 0x4f2a00 + place.length * 16,
  cost: 'emulated',
});

export const GO: Subject = {
  path: '/srv/app/client',
  pid: 4242,
  processName: 'client',
  buildId: '7c1e0b94d2aa41f6',
  language: 'go',
  languageVersion: '1.24',
  symbol: CALL,
};

export const CPP: Subject = {
  path: '/usr/bin/node',
  pid: 911,
  processName: 'node',
  buildId: 'e01f77',
  language: 'c++',
  languageVersion: null,
  symbol: READ,
};

const PROGRAM = `// net/rpc.(*Client).Call, paired by goroutine and stack depth
uprobe:/tmp/hp.4242:entry { @start[@g, reg("sp")] = nsecs; @entered++; }
uprobe:/tmp/hp.4242:ret_0,
uprobe:/tmp/hp.4242:ret_1 {
  $begin = @start[@g, reg("sp")];
  if ($begin) { @latency[nsecs - $begin] = count(); delete(@start[@g, reg("sp")]); }
}
interval:ms:100 { print(@latency); clear(@latency); }`;

export const SAFE: PlanReport = {
  verdict: 'safe',
  summary:
    'No return address is touched. Calls are paired by goroutine and stack depth, so growing stacks, recursion and panics are counted right.',
  reasons: [],
  warnings: ['Process 4243 maps the same file: its calls hit the probes too, and are told apart by pid.'],
  returns: 'exit sites',
  pairing: 'goroutine and stack depth',
  entry: site('entry', '+0x0a', 'push %rbp', 'after the stack check'),
  exits: [site('return', '+0x106', 'ret'), site('return', '+0x1310', 'ret')],
  landings: [site('landing', 'runtime.recovery+0x91', 'jmp *%rax', 'panics that are recovered end here')],
  unwoundExact: true,
  cost: 'about 2.3 µs on bare metal, up to 31 µs in a virtual machine (entry single-stepped, exit single-stepped)',
  costPerCall: 1200,
  alsoAffected: [4243],
  inlined: [],
  program: PROGRAM,
};

export const LIMITED: PlanReport = {
  ...SAFE,
  verdict: 'limited',
  summary: 'Every call is seen; two facts limit what its latency means.',
  reasons: [
    'One exit is a tail call into deflate_slow: for calls that leave there the latency ends where the other function begins.',
    'Calls left by an exception are counted as “at least”: one landing could not be found.',
  ],
  warnings: [],
  pairing: 'thread and stack pointer',
  exits: [
    site('return', '+0x1f4', 'ret'),
    site('tail-call', '+0x2a81', 'jmp deflate_slow'),
    { ...site('maybe-tail-call', '+0x3011', 'jmp *%rcx'), cost: 'single-stepped' },
  ],
  landings: [],
  unwoundExact: false,
  costPerCall: null,
  alsoAffected: [],
  inlined: [
    { into: '_ZN4node2fs8ReadFileEv', address: 0x51f000 },
    { into: '_ZN4node2fs4StatEv', address: 0x51f800 },
  ],
};

/** More of everything than a card should list at once. */
export const MANY: PlanReport = {
  ...SAFE,
  pairing: 'thread and stack pointer',
  exits: Array.from({ length: 21 }, (_, at) =>
    at % 9 === 8 ? site('tail-call', `+0x${at}f8`, 'jmp deflate_slow') : site('return', `+0x${at}f4`, 'ret'),
  ),
  landings: ['_Unwind_RaiseException+0x39e', '_Unwind_Resume+0x1c3', '__longjmp+0x48'].map((place, at) => ({
    ...site('landing', place, 'jmp *%rdx', 'where an exception or longjmp goes on'),
    path: at < 2 ? '/usr/lib/libgcc_s.so.1' : '/usr/lib/libc.so.6',
  })),
  costPerCall: null,
  alsoAffected: Array.from({ length: 14 }, (_, at) => 4300 + at),
};

export const REFUSED: PlanReport = {
  ...LIMITED,
  verdict: 'refused',
  summary: 'A probe here could change what the program does.',
  reasons: ['The function is 3 bytes long and begins with an instruction that cannot be executed out of line.'],
  entry: null,
  exits: [],
  inlined: [],
  cost: '',
  program: '',
};

export const LOADED: Loaded = {
  bpftracePid: 15_502,
  programs: [
    { id: 412, type: 'kprobe', tag: 'a04f5eef06a7f555' },
    { id: 413, type: 'kprobe', tag: 'c2117f0d3bb0a9e1' },
    { id: 414, type: 'perf_event', tag: '30de3a4bf2c77a10' },
  ],
  sites: [
    { path: '/srv/app/client', address: 0x4f2a0a, place: '+0x0a' },
    { path: '/srv/app/client', address: 0x4f2b06, place: '+0x106' },
  ],
};

const CREATED = Date.UTC(2026, 0, 15, 13, 0, 0);

export const head = (status: SessionStatus, more: Partial<SessionHead> = {}): SessionHead => ({
  id: 'gallery',
  createdAt: CREATED,
  subject: GO,
  plan: SAFE,
  status,
  loaded: LOADED,
  returned: 193_798,
  command: null,
  replay: false,
  viewers: 3,
  recording: { state: 'on' },
  ...more,
});

export const TRACING: SessionStatus = { state: 'tracing', since: CREATED, loaded: LOADED };
const REMOVED = { bpftraceGone: true, programsLeft: 0, sitesChecked: 3, sitesRestored: 3, note: '' };
export const ENDED: SessionStatus = { state: 'ended', cause: { kind: 'stopped' }, removed: REMOVED };
export const FAILED: SessionStatus = {
  state: 'failed',
  problem: problem('target-exited', { pid: 4242 }),
  removed: { ...REMOVED, sitesChecked: 0, sitesRestored: 0, note: 'Nothing to compare: the process has ended.' },
};

/** Recordings of the library: one whole, one that a crash has cut off. */
export const STORED: readonly StoredSession[] = [
  stored('kept', 'whole', null),
  stored('cut', 'cut', 'the disk of /var/lib/heatprobe is full'),
];

function stored(id: string, state: StoredSession['state'], reason: string | null): StoredSession {
  return {
    ...{ id, state, reason, pinned: id === 'kept', subject: GO, command: null, createdAt: CREATED - 86_400_000 },
    origin: { heatprobe: '0.1.0', host: 'build7', kernel: '6.12.0', bpftrace: '0.23.2' },
    figures: {
      ticks: 6000,
      entered: 193_801,
      returned: 193_798,
      calls: 190_112,
      duration: 6e11,
      endedAt: CREATED - 85_800_000,
      bytes: 1_900_000,
    },
  };
}
