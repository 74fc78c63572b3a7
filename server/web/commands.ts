/**
 * Commands that the page starts under trace. They run as the user of this unprivileged server, who is the one that
 * called heatprobe; the tracer gets to know their process id and nothing else.
 */
import { userInfo } from 'node:os';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastOutput } from '../../lib/command/output.ts';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import type { CommandRun, ExitStatus } from '../../lib/protocol/session.ts';
import { findProgram, holdCommand } from '../held-command.ts';

export interface CommandPlace {
  /** Its file, absolute. */
  readonly program: string;
  readonly user: string;
  readonly directory: string;
}

/** A command that waits for its probes. */
export interface StartedCommand {
  readonly run: CommandRun;
  /** Lets it run. */
  readonly release: () => void;
  /** Resolves when it has ended, with what it printed last. */
  readonly ended: Promise<CommandRun>;
  /** Ends it, also when it was never let go. */
  readonly end: () => Promise<ExitStatus>;
}

export interface Commands {
  readonly find: (args: readonly string[]) => CommandPlace | Problem;
  /** Starts the command and holds it before its first instruction. */
  readonly hold: (args: readonly string[]) => StartedCommand | Problem;
}

const OUTPUT_KEPT = 4096;
/** What a command printed last is there at once; only its descendants may hold its output open. */
const DRAIN_LIMIT_MS = 300;

/** `exposedHost`: the address when other machines reach the server. Then no command is started for anybody. */
export function createCommands(exposedHost: string | null): Commands {
  // npm starts scripts in the folder of the package and says here where it was called.
  const directory = process.env.INIT_CWD || process.cwd();
  const refusal = exposedHost === null ? null : problem('commands-not-offered', { host: exposedHost });
  return {
    find([name = '']) {
      if (refusal) return refusal;
      const program = findProgram(name, directory);
      return program
        ? { program, user: userInfo().username, directory }
        : problem('program-not-found', { name, directory });
    },
    hold(args) {
      if (refusal) return refusal;
      const output = recorder();
      const stdio = ['ignore', 'pipe', 'pipe'] as const;
      const held = holdCommand(args, { directory, stdio, onOutput: output.add });
      if (isProblem(held)) return held;
      const run = { args, pid: held.pid, user: userInfo().username, directory, end: null, output: '' };
      return {
        run,
        release: held.release,
        ended: held.ended.then(async (end) => {
          await Promise.race([held.drained, sleep(DRAIN_LIMIT_MS)]);
          return { ...run, end, output: output.last() };
        }),
        end: held.end,
      };
    },
  };
}

/** Keeps the end of what is printed. A program that nobody reads would stop. */
function recorder() {
  const decoder = new StringDecoder('utf8');
  let text = '';
  return {
    add(bytes: Uint8Array): void {
      // Twice as much, for what only a terminal understands is taken out.
      text = (text + decoder.write(Buffer.from(bytes))).slice(-2 * OUTPUT_KEPT);
    },
    last: (): string => lastOutput(text, OUTPUT_KEPT),
  };
}
