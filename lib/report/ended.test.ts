import { describe, expect, it } from 'vitest';
import type { EndedCause } from '../protocol/session.ts';
import { commandExited, endedWords, exitStatusOf } from './ended.ts';

const EXITED = { exitCode: 0, signal: null };
const command = (seen: Extract<EndedCause, { kind: 'command-exited' }>['seen']): EndedCause => ({
  kind: 'command-exited',
  status: EXITED,
  target: '/bin/api',
  seen,
});

describe('the end of a session in words', () => {
  it.each<[EndedCause, RegExp]>([
    [{ kind: 'stopped' }, /^Stopped\.$/],
    [{ kind: 'duration-reached' }, /^The time that was asked for is over\.$/],
    [{ kind: 'target-exited', pid: 7, status: null }, /^Process 7 has ended\.$/],
    [
      { kind: 'target-exited', pid: 7, status: { exitCode: 2, signal: null } },
      /^Process 7 has ended with exit status 2\.$/,
    ],
    [
      { kind: 'target-exited', pid: 7, status: { exitCode: null, signal: 'SIGSEGV' } },
      /^Process 7 was ended by SIGSEGV\.$/,
    ],
    [command('called'), /^The command has ended with exit status 0\.$/],
    [command('never called'), /It ran \/bin\/api, but the function was not called\.$/],
    [command('never ran'), /It never ran \/bin\/api, so no call could be measured\. Check that/],
    [command('unknown'), /No process of it called the function/],
    [{ kind: 'recording-over' }, /^The recording is over\.$/],
  ])('%o', (cause, words) => {
    expect(endedWords(cause)).toMatch(words);
  });

  it('tells a command that never ran the target from one that never called the function', () => {
    const seen = (entered: number, ran: boolean | null) => {
      const cause = commandExited(EXITED, '/bin/api', { entered, unmatched: 0 }, ran);
      return cause.kind === 'command-exited' ? cause.seen : null;
    };
    expect([seen(0, false), seen(0, true), seen(0, null), seen(3, false)]).toEqual([
      'never ran',
      'never called',
      'unknown',
      'called',
    ]);
  });

  it('reads a wait status: code, signal, core dump, and signals without a name', () => {
    expect([0, 2 << 8, 9, 11 | 128, 34].map(exitStatusOf)).toEqual([
      { exitCode: 0, signal: null },
      { exitCode: 2, signal: null },
      { exitCode: null, signal: 'SIGKILL' },
      { exitCode: null, signal: 'SIGSEGV' },
      { exitCode: null, signal: 'signal 34' },
    ]);
  });
});
