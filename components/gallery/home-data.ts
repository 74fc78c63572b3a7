/** Processes, symbols and environments for the gallery. */
import type { Environment } from '../../lib/protocol/environment.ts';
import type { RecordingInfo, SymbolMatch } from '../../lib/protocol/gateway.ts';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import type { RememberedTargets } from '../../lib/targets/remembered.ts';
import { CALL } from './heads.ts';

const cpu = (percent: number) => ({ percent, overMs: 2500 });

const process = (pid: number, name: string, commandLine: string, more: Partial<ProcessInfo> = {}): ProcessInfo => ({
  pid,
  name,
  ppid: 1,
  commandLine: commandLine.split(' '),
  user: 'app',
  uid: 1000,
  startedAt: Date.UTC(2026, 10, 22, 9) + pid * 1000,
  container: null,
  executable: { path: `/srv/${name}`, deleted: false },
  cpu: cpu(0),
  language: 'unknown',
  languageVersion: null,
  runtime: null,
  threads: 4,
  rssBytes: 5e7,
  ...more,
});

export const PROCESSES: readonly ProcessInfo[] = [
  process(4242, 'client', './client --server 10.0.0.7:7788', {
    language: 'go',
    languageVersion: '1.24',
    cpu: cpu(12.4),
  }),
  process(911, 'etcd', '/usr/bin/etcd --data-dir /var/lib/etcd --listen-client-urls http://127.0.0.1:2379', {
    language: 'go',
    languageVersion: '1.19',
    cpu: cpu(3.1),
    user: 'etcd',
  }),
  process(1204, 'postgres', 'postgres: app orders [local] SELECT', {
    language: 'c',
    cpu: cpu(1.8),
    user: 'postgres',
  }),
  process(2071, 'payments', '/app/payments', { language: 'rust', cpu: cpu(0.9), container: '6f9c01d2ab34' }),
  process(3310, 'matcher', '/opt/matcher/bin/matcher', {
    language: 'c++',
    cpu: cpu(0.7),
    executable: { path: '/opt/matcher/bin/matcher', deleted: true },
    user: 'trade',
  }),
  process(5120, 'node', 'node --max-old-space-size=4096 /srv/web/server.js --port 8080', {
    language: 'c++',
    runtime: 'node',
    cpu: cpu(118.2),
    container: 'web-7',
  }),
  process(4017, 'agent', 'agent', { executable: null, user: 'root', cpu: null }),
];

const match = (id: number, demangled: string, size: number, matches: SymbolMatch['matches']): SymbolMatch => ({
  symbol: { ...CALL, id, name: demangled, demangled, size },
  matches,
});

export const MATCHES: readonly SymbolMatch[] = [
  match(1, 'net/rpc.(*Client).Call', 343, [
    [10, 16],
    [18, 22],
  ]),
  match(2, 'net/rpc.(*Client).Go', 561, [[10, 16]]),
  match(3, 'net/http.(*Client).do', 3174, [[11, 17]]),
  match(4, 'main.callAll', 420, [[5, 9]]),
];

export const READY: Environment = {
  host: 'prod-7',
  kernel: 'Linux 6.18',
  bpftrace: '0.23',
  canTrace: true,
  checks: [],
};

export const NOT_READY: Environment = {
  ...READY,
  bpftrace: null,
  canTrace: false,
  checks: [
    {
      name: 'bpftrace',
      state: 'failed',
      finding: 'not found in PATH',
      remedy: 'Install bpftrace 0.17 or newer: apt install bpftrace.',
    },
    {
      name: 'Privileges',
      state: 'failed',
      finding: 'the tracer runs as app, probes need root',
      remedy: 'Start heatprobe with sudo, or allow it sudo -n for its tracer.',
    },
    {
      name: 'Kernel headers',
      state: 'warning',
      finding: 'no BTF',
      remedy: 'Not needed for uprobes; some wait reasons will be missing.',
    },
  ],
};

export const NO_BPFTRACE: Environment = {
  ...READY,
  bpftrace: null,
  canTrace: false,
  checks: NOT_READY.checks.slice(0, 1),
};

export const NO_PERMISSION: Environment = { ...READY, canTrace: false, checks: NOT_READY.checks.slice(1, 2) };

export const RECORDINGS: readonly RecordingInfo[] = [
  {
    name: 'go-rpc',
    title: 'Go RPC client, one slow server',
    description: 'net/rpc.(*Client).Call, 3 minutes, 246,913 calls',
  },
  { name: 'rust-http', title: 'Rust HTTP client', description: 'http::httpget, 40 s, 1,204 calls' },
];

export const REMEMBERED: RememberedTargets = {
  pinned: [
    {
      target: {
        kind: 'process',
        name: 'client',
        path: '/srv/client',
        args: ['./client', '--server', '10.0.0.7:7788'],
        file: null,
      },
      symbol: { name: 'net/rpc.(*Client).Call', demangled: 'net/rpc.(*Client).Call' },
      at: 1,
    },
  ],
  recent: [
    {
      target: { kind: 'process', name: 'indexer', path: '/srv/indexer', args: ['/srv/indexer', '--all'], file: null },
      symbol: null,
      at: 1,
    },
    { target: { kind: 'file', path: '/usr/lib/x86_64-linux-gnu/libz.so.1' }, symbol: null, at: 1 },
  ],
};
