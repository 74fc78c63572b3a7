/** Tiny programs for tests, compiled where the compiler is installed. Not part of the product. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory for one test file's programs. */
export interface Workshop {
  readonly directory: string;
  /** Runs a command there with an argument list; throws with its output if it fails. */
  run(command: string, ...args: string[]): string;
  /** Writes a file and returns its path. */
  write(name: string, text: string): string;
  close(): void;
}

/** Whether a command can be started. */
export function installed(command: string, versionFlag = '--version'): boolean {
  try {
    execFileSync(command, [versionFlag], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export function workshop(): Workshop {
  const directory = mkdtempSync(join(tmpdir(), 'heatprobe-test-'));
  const env = { ...process.env, ...goEnvironment() };
  return {
    directory,
    run: (command, ...args) => execFileSync(command, args, { cwd: directory, env, encoding: 'utf8', stdio: 'pipe' }),
    write: (name, text) => {
      const path = join(directory, name);
      writeFileSync(path, text);
      return path;
    },
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** A build cache that stays from run to run: Go's standard library takes 20 s to compile. */
function goEnvironment(): Record<string, string> {
  const cache = process.env.GOCACHE ?? join(tmpdir(), 'heatprobe-gocache');
  mkdirSync(cache, { recursive: true });
  return { GOCACHE: cache, CGO_ENABLED: '0', GOFLAGS: '-mod=mod', GO111MODULE: 'on', GOTOOLCHAIN: 'local' };
}

/**
 * Go commands to test with: the installed one, and those listed in HEATPROBE_TEST_GO (separated by `:`), because each
 * release may change the tables that are read.
 */
export function goCommands(): string[] {
  const more = (process.env.HEATPROBE_TEST_GO ?? '').split(':').filter(Boolean);
  return ['go', ...more].filter((command) => installed(command, 'version'));
}
