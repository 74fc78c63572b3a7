import type { Language, SymbolInfo } from '../binary/binary.ts';
import type { TreeLine } from '../binary/tree.ts';
import type { Problem } from '../problem.ts';
import type { Switches } from '../share/switches.ts';
import type { TimelineSnapshot } from '../timeline/timeline.ts';
import type { EpochMillis, Nanoseconds } from '../units.ts';
import type { TimeWindow } from '../view/state.ts';
import type { CodeListing } from './code.ts';
import type { Environment } from './environment.ts';
import type { StoredSession } from './library.ts';
import type { PlanReport, Subject } from './plan.ts';
import type { ProcessInfo } from './process.ts';
import type { CommandRun, Recording, SessionHead, SessionStatus } from './session.ts';
import type { CallRows, Tick } from './tick.ts';

/** A process, or a file, or a file as a process sees it. At least one of the two is given. */
export interface TargetChoice {
  readonly pid: number | null;
  readonly path: string | null;
}

/** An opened binary, as the page shows it. */
export interface BinarySummary {
  readonly id: string;
  readonly path: string;
  readonly pid: number | null;
  readonly buildId: string | null;
  readonly language: Language;
  readonly languageVersion: string | null;
  readonly functionCount: number;
  /** Other files the process maps that can be opened as well (shared libraries). */
  readonly libraries: readonly string[];
}

export interface SymbolMatch {
  readonly symbol: SymbolInfo;
  /** Ranges `[from, to)` of `symbol.demangled` that match the query. */
  readonly matches: readonly (readonly [number, number])[];
}

/** The best 200 matches of a search, and how many there are in all. */
export interface SymbolSearch {
  readonly query: string;
  readonly total: number;
  readonly matches: readonly SymbolMatch[];
  /** Functions whose names look like the query; only where nothing matches. */
  readonly near: readonly SymbolInfo[];
}

/** A line of the functions by package or namespace; only what is open is listed. */
export type SymbolTreeLine =
  | (SymbolMatch & { readonly kind: 'function'; readonly depth: number })
  | Exclude<TreeLine, { readonly kind: 'function' }>;

export interface SymbolTree {
  readonly query: string;
  readonly total: number;
  readonly lines: readonly SymbolTreeLine[];
  /** As in a search. */
  readonly near: readonly SymbolInfo[];
}

export interface SymbolTreeQuery {
  readonly binaryId: string;
  readonly query: string;
  readonly toggled: readonly string[];
}

/** What a look at a function's code tells before it is planned in full. */
export interface Glance {
  readonly symbolId: number;
  /** Probed ways out; null when the code is too long to be decoded for a row of a list. */
  readonly exits: number | null;
  /** Why it cannot be probed, as a clause; null when it can. */
  readonly refused: string | null;
}

/** The function a plan or a session is wanted for. */
export interface FunctionChoice {
  readonly binaryId: string;
  readonly symbolId: number;
}

/** What a card is about: a function that was chosen, or the one of a session. */
export type PlanPlace = FunctionChoice | { readonly sessionId: string };

/** How to measure a function without heatprobe. */
export interface ByHand {
  /** For `sh`, as root. */
  readonly script: string;
}

export interface Planned {
  readonly subject: Subject;
  readonly plan: PlanReport;
}

/** A command that could be started under trace: its program has been found and read, but not started. */
export interface CommandTarget {
  /** As it was asked for. */
  readonly args: readonly string[];
  readonly binary: BinarySummary;
  /** As whom and where it will run. */
  readonly user: string;
  readonly directory: string;
}

/** Stands for the command's process id in a plan; no process can have it. */
export const COMMAND_PID = 0x7fffffff;

/** A demo workload that runs now, and functions of it worth a look, best first. */
export interface Demo {
  readonly binary: BinarySummary;
  readonly pid: number;
  readonly suggestions: readonly SymbolInfo[];
}

/** A recording of a real trace that can be replayed. */
export interface RecordingInfo {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** How a replay goes on. */
export interface ReplayPace {
  /** Recorded seconds a second; 0 stands still. */
  readonly speed: number;
  /** What was recorded up to this many seconds after the beginning comes at once. */
  readonly upTo: number;
}

/** Several functions of one binary, each to be traced in a session of its own. */
export interface GroupChoice {
  readonly binaryId: string;
  readonly symbolIds: readonly number[];
}

/** Sessions that can be started together. */
export const LARGEST_GROUP = 8;

/** One session of a group, as the others' pages show it. */
export interface GroupMember {
  readonly id: string;
  readonly symbol: SymbolInfo;
  readonly state: SessionStatus['state'];
  /** When its first tick began, on the boot clock: all sessions of a group are on one. */
  readonly from: Nanoseconds;
  /** Of the calls that returned in the window; null when there were none. */
  readonly p99: Nanoseconds | null;
  /** Returned calls a second in the window; null before the first tick. */
  readonly rate: number | null;
}

/** Everything a late viewer needs: the head, and all ticks so far folded. */
export interface SessionSnapshot {
  readonly head: SessionHead;
  readonly timeline: TimelineSnapshot;
}

/** Single calls of a session with the numbers `first`, `first + 1`, ...; older ones exist only down to `oldest`. */
export interface CallsPage {
  readonly first: number;
  readonly calls: CallRows;
  readonly oldest: number;
}

/** Single calls that one answer may hold. */
export const MOST_CALLS_A_PAGE = 20_000;

/** For how long a link works. */
export const LIFETIMES = ['1 hour', '1 day', '30 days', 'until revoked'] as const;
export type Lifetime = (typeof LIFETIMES)[number];

/** What a new link shows, and for how long. */
export interface ShareChoice {
  readonly sessionId: string;
  readonly switches: Switches;
  readonly lifetime: Lifetime;
}

/** A link through which others look at a session. What is in the link itself is known to those who have it, only. */
export interface ShareInfo {
  readonly id: string;
  readonly sessionId: string;
  readonly switches: Switches;
  readonly createdAt: EpochMillis;
  /** Null: it works until it is revoked. */
  readonly expiresAt: EpochMillis | null;
  /** When somebody last began to look through it; null: never yet. */
  readonly lastUsedAt: EpochMillis | null;
  /** Who look through it now. */
  readonly viewers: number;
}

/** Where links of this server can be opened. */
export type Reach =
  /** On this host only; the command makes a way in from another machine. */
  { readonly kind: 'this host'; readonly tunnel: string } | { readonly kind: 'network'; readonly encrypted: boolean };

type Ask<Input, Output> = (input: Input, answer: (output: Output | Problem) => void) => void;

/** What a browser may ask. Each event is answered once, with its result or with a problem. */
export interface ClientEvents {
  'environment:get': Ask<null, Environment>;
  'processes:list': Ask<null, readonly ProcessInfo[]>;
  'binary:open': Ask<TargetChoice, BinarySummary>;
  /** The program of a command and its functions; `session:start` starts it. */
  'command:open': Ask<{ readonly args: readonly string[] }, CommandTarget>;
  'symbols:search': Ask<{ readonly binaryId: string; readonly query: string }, SymbolSearch>;
  /** `toggled`: keys of branches that are not as they were at first. */
  'symbols:tree': Ask<SymbolTreeQuery, SymbolTree>;
  /** Looks at some functions' code. An answer may leave out what did not fit into its time: ask for the rest again. */
  'symbols:look': Ask<{ readonly binaryId: string; readonly symbolIds: readonly number[] }, readonly Glance[]>;
  'plan:make': Ask<FunctionChoice, Planned>;
  'plan:script': Ask<PlanPlace, ByHand>;
  'plan:code': Ask<PlanPlace, CodeListing>;
  'session:start': Ask<FunctionChoice, { readonly sessionId: string }>;
  'group:start': Ask<GroupChoice, { readonly sessionIds: readonly string[] }>;
  /** The sessions that were started with this one, itself among them. `window` is in its session time. */
  'group:members': Ask<{ readonly sessionId: string; readonly window: TimeWindow }, readonly GroupMember[]>;
  'session:join': Ask<{ readonly sessionId: string }, SessionSnapshot>;
  /** The latest `limit` single calls whose number is below `number`. */
  'calls:before': Ask<{ readonly sessionId: string; readonly number: number; readonly limit: number }, CallsPage>;
  'session:leave': Ask<{ readonly sessionId: string }, null>;
  'session:stop': Ask<{ readonly sessionId: string }, null>;
  /** Sessions that the server has at hand: running ones, and the latest that ended or were opened. */
  'sessions:list': Ask<null, readonly SessionHead[]>;
  /** Sessions on disk, the latest first. */
  'library:list': Ask<null, readonly StoredSession[]>;
  /** A pinned recording stays, however old it is. */
  'session:pin': Ask<{ readonly sessionId: string; readonly pinned: boolean }, null>;
  /** For an hour a deleted recording can be restored. */
  'session:delete': Ask<{ readonly sessionId: string }, null>;
  'session:restore': Ask<{ readonly sessionId: string }, null>;
  'demo:start': Ask<null, Demo>;
  'recordings:list': Ask<null, readonly RecordingInfo[]>;
  'replay:start': Ask<ReplayPace & { readonly name: string }, { readonly sessionId: string }>;
  /** Changes how a replay goes on. */
  'replay:pace': Ask<ReplayPace & { readonly sessionId: string }, null>;
  /** The address of a new link: it is told once and kept nowhere. */
  'share:create': Ask<ShareChoice, { readonly url: string }>;
  /** Ends a link; whoever looks through it is cut off. */
  'share:revoke': Ask<{ readonly shareId: string }, null>;
  'shares:list': Ask<{ readonly sessionId: string }, { readonly shares: readonly ShareInfo[]; readonly reach: Reach }>;
  /** The session behind the link through which the browser looks. */
  'share:open': Ask<null, { readonly sessionId: string; readonly switches: Switches }>;
}

/** What the server sends unasked, to the viewers of a session. */
export interface ServerEvents {
  'session:tick': (message: { readonly sessionId: string; readonly tick: Tick }) => void;
  /** `seq`: number of the session's latest tick, so that a viewer knows what it missed even if no tick follows. */
  'session:status': (message: {
    readonly sessionId: string;
    readonly status: SessionStatus;
    readonly seq: number;
  }) => void;
  /** The session's command has ended. */
  'session:command': (message: { readonly sessionId: string; readonly command: CommandRun }) => void;
  'session:viewers': (message: { readonly sessionId: string; readonly viewers: number }) => void;
  'session:recording': (message: { readonly sessionId: string; readonly recording: Recording }) => void;
}
