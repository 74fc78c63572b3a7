/**
 * Expected failures as values, and every sentence the user reads about them, in one table.
 * A text says what happened and why (`message`) and what to do next (`hint`). A bug is not a Problem: it throws.
 */

/** What the command line's exit status says about a problem. */
export type ExitClass = 'usage' | 'not-found' | 'refused' | 'not-permitted' | 'trace-failed';

interface Words {
  readonly message: string;
  readonly hint: string;
  /** Names the user can choose from, best first. */
  readonly candidates?: readonly string[];
}

interface Row<Facts> {
  readonly exit: ExitClass;
  readonly words: (facts: Facts) => Words;
}

const row = <Facts>(exit: ExitClass, words: (facts: Facts) => Words): Row<Facts> => ({ exit, words });

/** At most so many names are put into a sentence; the whole list is in `candidates`. */
const NAMES_IN_A_SENTENCE = 5;

/** An id longer than any that was given out is named by its beginning. */
const shortened = (id: string): string => (id.length > 24 ? `${id.slice(0, 24)}…` : id);

function list(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_IN_A_SENTENCE).join(', ');
  const more = names.length - NAMES_IN_A_SENTENCE;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

interface SymbolNotFound {
  readonly name: string;
  readonly path: string;
  /** Names that look alike, best first. */
  readonly near?: readonly string[];
  /** Functions into which the compiler copied this one, when that is why it has no symbol. */
  readonly inlinedInto?: readonly string[];
}

function symbolNotFound({ name, path, near = [], inlinedInto = [] }: SymbolNotFound): Words {
  if (inlinedInto.length > 0) {
    return {
      message: `${name} is in ${path} only as inlined copies: the compiler placed its body into ${list(inlinedInto)}, so there is no call to probe.`,
      hint: 'Trace one of those functions instead, or build the target with inlining off for this function (Go: //go:noinline, C and C++: __attribute__((noinline)), Rust: #[inline(never)]).',
      candidates: inlinedInto,
    };
  }
  return {
    message: `${path} has no function named ${name}.`,
    hint:
      near.length > 0
        ? `Similar names: ${list(near)}.`
        : 'Search with a part of the name. Inlined or removed functions have no symbol; a static function of a stripped file has none either.',
    candidates: near,
  };
}

const TABLE = {
  'target-not-found': row('not-found', ({ path }: { path: string }) => ({
    message: `There is no file ${path}.`,
    hint: 'Check the path. For a program inside a container give its process ID instead: its files are not at the same path out here.',
  })),
  'program-not-found': row('not-found', ({ name, directory }: { name: string; directory: string }) => ({
    message: name.startsWith('/')
      ? `There is no program ${name}.`
      : name.includes('/')
        ? `There is no program ${name} in ${directory}.`
        : `There is no program ${name} in PATH.`,
    hint: name.startsWith('/')
      ? 'Check the path. It must be a file that may be executed.'
      : 'Give its whole path. It must be a file that may be executed.',
  })),
  'commands-not-offered': row('not-permitted', ({ host }: { host: string }) => ({
    message: `Commands cannot be started from the page: heatprobe listens on ${host}, which other machines reach.`,
    hint: 'Start heatprobe on 127.0.0.1 (its default) and come through ssh -L, or use the command line: heatprobe trace TARGET SYMBOL -- COMMAND.',
  })),
  'target-is-directory': row('not-found', ({ path }: { path: string }) => ({
    message: `${path} is a directory.`,
    hint: 'Give the path of the executable or shared library inside it.',
  })),
  'target-not-elf': row('not-found', ({ path, why }: { path: string; why: string }) => ({
    message: `${path} is not a program that can be traced: ${why}.`,
    hint: 'Give a compiled executable or shared library (ELF). For a script, trace the interpreter that runs it.',
  })),
  'target-unreadable': row('not-permitted', ({ path, why }: { path: string; why: string }) => ({
    message: `${path} cannot be read: ${why}.`,
    hint: 'The tracer needs permission to read the file: run it as root, or make the file readable to it.',
  })),
  'target-wrong-machine': row('refused', ({ path, machine }: { path: string; machine: string }) => ({
    message: `${path} is built for ${machine}.`,
    hint: 'Only 64-bit little-endian x86-64 and arm64 programs can be traced.',
  })),
  'process-not-found': row('not-found', ({ pid }: { pid: number }) => ({
    message: `There is no process ${pid}, or it has no executable file (kernel thread, or it has just ended).`,
    hint: 'List the processes again. Inside a container, process IDs differ from those of the host: use the host’s.',
  })),
  'target-changed': row('refused', ({ path }: { path: string }) => ({
    message: `${path} has changed since it was opened, so the plan no longer fits its code.`,
    hint: 'Open the target again; the plan is then made from the new file.',
  })),
  'file-not-mapped': row('not-found', ({ path, pid }: { path: string; pid: number }) => ({
    message: `Process ${pid} does not run ${path} and has not loaded it as a library.`,
    hint: 'Give the process ID alone to trace its own program, or leave the process ID away to trace every process of the file.',
  })),
  'no-symbols': row('not-found', ({ path }: { path: string }) => ({
    message: `${path} names no functions: its symbol table was removed and no debug file for it is installed.`,
    hint: 'Install the matching debug package (it is found by build ID under /usr/lib/debug), or build without stripping.',
  })),
  'symbol-not-found': row('not-found', symbolNotFound),
  'symbol-ambiguous': row('usage', ({ name, candidates }: { name: string; candidates: readonly string[] }) => ({
    message: `${name} names ${candidates.length} different functions.`,
    hint: `Choose one: ${list(candidates)}.`,
    candidates,
  })),
  'plan-refused': row('refused', ({ name, reasons }: { name: string; reasons: readonly string[] }) => ({
    message: `${name} cannot be traced safely: ${reasons.join('; ')}.`,
    hint: 'Choose another function, for example one that calls it.',
  })),
  'not-root': row('not-permitted', ({ user }: { user: string }) => ({
    message: `Probes need root, and the tracer runs as ${user}.`,
    hint: 'Start it with sudo, or let the web server start the tracer through sudo -n.',
  })),
  'bpftrace-missing': row('not-permitted', ({ command }: { command: string }) => ({
    message: `The program ${command} was not found.`,
    hint: 'Install bpftrace 0.17 or newer (Debian, Ubuntu: apt install bpftrace; Fedora: dnf install bpftrace).',
  })),
  'bpftrace-failed': row('trace-failed', ({ exitCode, stderr }: { exitCode: number | null; stderr: string }) => ({
    message: `bpftrace ended with ${exitCode === null ? 'no exit code' : `exit code ${exitCode}`}: ${stderr.trim() || 'it printed no reason'}`,
    hint: 'Nothing is attached any more. Try again; if it repeats, the sentence above is from bpftrace and says what it needs.',
  })),
  'bpftrace-killed': row('trace-failed', ({ signal }: { signal: string }) => ({
    message: `bpftrace was ended by ${signal}.`,
    hint: 'If nobody stopped it, the machine may be short of memory (see the kernel log). The kernel removes its probes by itself.',
  })),
  'program-silent': row('trace-failed', ({ seconds }: { seconds: number }) => ({
    message: `All probes are in place, but for ${seconds} s bpftrace has not said that it counts.`,
    hint: 'Nothing is attached any more. heatprobe must run in the PID namespace of the host (docker --pid=host), and the host must not be so busy that bpftrace cannot run; heatprobe doctor checks the first.',
  })),
  'workspace-failed': row('trace-failed', ({ why }: { why: string }) => ({
    message: `The files of a trace could not be written to /run: ${why}.`,
    hint: 'Nothing was attached. heatprobe needs a few kilobytes and some inodes there: df /run and df -i /run show what is free.',
  })),
  'trace-broken': row('trace-failed', ({ why }: { why: string }) => ({
    message: `The trace was ended by an error in heatprobe: ${why}.`,
    hint: 'Its probes were removed. This is a defect of heatprobe; please report it with the tracer’s log.',
  })),
  'uprobes-unavailable': row('not-permitted', ({ why }: { why: string }) => ({
    message: `This kernel cannot probe user-space functions: ${why}.`,
    hint: 'It needs CONFIG_UPROBES and CONFIG_BPF_SYSCALL, and lockdown must not be in confidentiality mode. In a container, run privileged with the host’s process namespace.',
  })),
  'tracer-ended': row('trace-failed', (_: object) => ({
    message: 'The tracer has ended without being asked to.',
    hint: 'Start heatprobe again; its log says why the tracer ended. The probes go with it.',
  })),
  'document-missing': row('not-found', ({ path, why }: { path: string; why: string }) => ({
    message: `${path} cannot be read: ${why}.`,
    hint: 'Give a file that heatprobe trace --json has written, or a session exported as buckets.json.',
  })),
  'document-wrong': row('usage', ({ path, why }: { path: string; why: string }) => ({
    message: `${path} is not the document of a trace: ${why}.`,
    hint: 'Give a file that heatprobe trace --json has written, or a session exported as buckets.json.',
  })),
  usage: row('usage', ({ message, hint }: { message: string; hint: string }) => ({ message, hint })),
  'target-exited': row('trace-failed', ({ pid }: { pid: number }) => ({
    message: `Process ${pid} has ended, and the trace with it.`,
    hint: 'What was measured so far is kept. Start the process again and attach to its new process ID.',
  })),
  'not-for-viewers': row('not-permitted', (_: object) => ({
    message: 'You are looking at a shared session; only its owner can do that.',
    hint: 'Ask whoever sent you the link.',
  })),
  'failure-withheld': row('trace-failed', (_: object) => ({
    message: 'The trace has failed.',
    hint: 'Whoever shared it sees the reason; this link does not show it. What was measured before is below.',
  })),
  'answer-withheld': row('trace-failed', (_: object) => ({
    message: 'The server could not answer that.',
    hint: 'Whoever shared this session sees the reason; this link does not show it.',
  })),
  'shared-session-gone': row('not-found', (_: object) => ({
    message: 'The session behind this link is gone.',
    hint: 'It was not kept, or has been deleted. Ask whoever shared it.',
  })),
  'share-unknown': row('not-found', (_: object) => ({
    message: 'This link has been revoked already, or has expired.',
    hint: 'Nobody can look through it any more.',
  })),
  'share-not-kept': row('not-permitted', ({ directory, why }: { directory: string; why: string }) => ({
    message: `The links in ${directory} cannot be changed: ${why}.`,
    hint: 'heatprobe keeps links there, so that they outlive it. Give its user the right to write there, or start it with --data DIR.',
  })),
  'too-many-shares': row('usage', ({ most }: { most: number }) => ({
    message: `There are ${most} links already.`,
    hint: 'Revoke some that are no longer needed.',
  })),
  'server-away': row('not-found', ({ url, why }: { url: string; why: string }) => ({
    message: `No heatprobe server answers at ${url}: ${why}.`,
    hint: 'Start one with heatprobe serve, or say with --server where it is: the address that its page has.',
  })),
  'server-refused': row('not-permitted', ({ url, file }: { url: string; file: string }) => ({
    message: `The server at ${url} does not know this user.`,
    hint: `It takes the token in ${file} of the user who runs it. Run this as that user, and with the same --data.`,
  })),
  'file-not-written': row('not-permitted', ({ path, why }: { path: string; why: string }) => ({
    message: `${path} could not be written: ${why}.`,
    hint: 'Give another place. Nothing was left there.',
  })),
  'session-unknown': row('not-found', ({ id }: { id: string }) => ({
    message: `There is no session ${shortened(id)}.`,
    hint: 'It was deleted, or it was not recorded: such sessions live only as long as the server that made them. The list of sessions has all that are left.',
  })),
  'recording-unreadable': row('not-found', ({ id, why }: { id: string; why: string }) => ({
    message: `The recording of session ${shortened(id)} cannot be opened: ${why}.`,
    hint: 'A newer heatprobe reads what a newer one has written. If the file is damaged, a copy of it is what helps.',
  })),
};

type Table = typeof TABLE;

/** Names of all expected failures. */
export type ProblemCode = keyof Table;

/** What the words of a problem are made from. */
export type ProblemFacts<Code extends ProblemCode> = Parameters<Table[Code]['words']>[0];

/** An expected failure, ready to be shown. Plain data: survives JSON. */
export interface Problem<Code extends ProblemCode = ProblemCode> extends Words {
  readonly problem: Code;
  readonly exit: ExitClass;
}

/** Makes a problem from its facts; the words come from the table above. */
export function problem<Code extends ProblemCode>(code: Code, facts: ProblemFacts<Code>): Problem<Code> {
  // The table's rows take different facts; the signature above has already tied `facts` to `code`.
  const { exit, words } = TABLE[code] as unknown as Row<ProblemFacts<Code>>;
  return { problem: code, exit, ...words(facts) };
}

/** Tells an expected failure from a result. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value && isCode(value.problem);
}

function isCode(value: unknown): value is ProblemCode {
  return typeof value === 'string' && Object.hasOwn(TABLE, value);
}
