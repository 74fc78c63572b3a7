// Counts are the program's own, exactly: whatever a call does instead of a plain return.
import { afterEach, expect } from 'vitest';
import type { ProcessTotals } from '../../lib/protocol/tick.ts';
import { buildTarget } from '../targets/build.ts';
import { startTarget } from '../targets/start.ts';
import { facts } from './exact-table.ts';
import { describeProbes, testIf } from './guard.ts';
import { documentOf, heatprobe, startHeatprobe } from './heatprobe.ts';
import { expectNothingLeft } from './leftovers.ts';
import {
  eachGo,
  expectEnd,
  expectExact,
  measureCommand,
  prepare,
  titleOf,
  truthOf,
  truthsIn,
  whyNot,
} from './measure.ts';

afterEach(expectNothingLeft);

describeProbes('counts are exact when heatprobe starts the program', () => {
  for (const row of facts) {
    testIf(whyNot(row), `${row.fact}: ${titleOf(row)}`, async () => {
      const measured = await measureCommand(row);
      expectExact(measured, truthOf(row, measured.truth));
      expectEnd(measured, row.exit ?? 0);
    });
  }

  testIf(whyNot({ target: 'c/fork' }), 'fork inside the call: parent and children are counted apart', async () => {
    // Optimised, the call ends by a tail call to fork, before there is a child.
    const { document, truth } = await measureCommand({ target: 'c/fork', variant: 'O0' });
    const parent = document.processes.filter(({ entered }) => entered === truth.calls);
    const children = document.processes.filter(({ entered }) => entered !== truth.calls);
    expect(parent).toMatchObject([{ entered: truth.calls, returned: truth.returned, unmatched: 0, ended: true }]);
    // Each child returns from the call that its parent began, and makes one call of its own.
    expect(children).toHaveLength(truth.calls);
    expect(sum(children, 'entered')).toBe(truth.childCalls);
    expect(sum(children, 'returned')).toBe(truth.childCalls);
    expect(sum(children, 'unmatched')).toBe(truth.childReturned);
    expect(document.calls).toMatchObject({ unwound: 0, cutOff: 0, inFlight: 0, lost: 0, exact: true });
  });

  const forkTail = { target: 'c/fork', variant: 'O2' } as const;
  testIf(whyNot(forkTail), 'a tail call through the PLT is an exit, the rest of the PLT is not', async () => {
    const { document, truth } = await measureCommand(forkTail);
    const calls = truth.calls + Number(truth.childCalls);
    expect(document.calls).toMatchObject({ entered: calls, returned: calls, unmatched: 0, exact: true });
    expect(document.plan.exits.every(({ place }) => place.startsWith('+'))).toBe(true);
  });

  const jump = { target: 'c/signals', args: ['jump'] } as const;
  testIf(
    whyNot(jump),
    'a signal handler that jumps out: calls on its own stack end when that is used again',
    async () => {
      const { document, truth } = await measureCommand(jump);
      const { entered, returned, unwound, cutOff, inFlight, unmatched } = document.calls;
      expect({ entered, returned, inFlight, unmatched }).toEqual({
        entered: truth.calls,
        returned: truth.returned,
        inFlight: 0,
        unmatched: 0,
      });
      // The last of them is found dead only with the process.
      expect({ unwound, cutOff }).toEqual({ unwound: truth.unwound - 1, cutOff: 1 });
    },
  );

  testIf(whyNot({ target: 'c/selftail' }), 'without optimisation a self tail call is a call', async () => {
    const { document, truth } = await measureCommand({ target: 'c/selftail', variant: 'O0', symbol: 'countdown' });
    expect(document.calls).toMatchObject({ entered: truth.rounds, returned: truth.rounds, inFlight: 0, exact: true });
  });
});

describeProbes('overloads and templates are told apart by name', () => {
  const byLinkage = ['_ZN6shapes5totalIdEET_RKSt6vectorIS1_SaIS1_EE'];
  for (const symbol of byLinkage) {
    const row = { target: 'cpp/names', symbol } as const;
    testIf(whyNot(row), `linkage name ${symbol}`, async () => {
      const measured = await measureCommand(row);
      expectExact(measured, truthOf(row, measured.truth));
    });
  }
  const byDemangled = {
    'shapes::total<int>(std::vector<int, std::allocator<int> > const&)':
      '_ZN6shapes5totalIiEET_RKSt6vectorIS1_SaIS1_EE',
  };
  for (const [demangled, symbol] of Object.entries(byDemangled)) {
    const row = { target: 'cpp/names', symbol } as const;
    testIf(whyNot(row), `demangled name ${demangled}`, async () => {
      const { executable } = await prepare(row);
      const result = await heatprobe(['trace', executable, demangled, '--json', '--', executable]);
      const document = documentOf(result);
      expect(document.symbol).toMatchObject({ name: symbol, demangled });
      const [truth] = truthsIn(result.stderr);
      expectExact({ document }, truthOf(row, truth ?? { calls: 0, returned: 0, unwound: 0, open: 0 }));
    });
  }
});

describeProbes('two processes of one Go binary at once', () => {
  for (const row of eachGo({ target: 'go/pair', args: ['2000', '200'] } as const)) {
    testIf(whyNot(row), `--pid counts that one alone (Go ${row.go})`, async () => {
      const executable = await buildTarget(row.target, { go: row.go });
      const [one, other] = [startTarget(executable, row.args, ['start']), startTarget(executable, row.args, ['start'])];
      await Promise.all([one.firstLine, other.firstLine]);
      const cli = startHeatprobe(['trace', executable, 'main.work', '--pid', String(one.pid), '--json']);
      await cli.tracing;
      one.release();
      other.release();
      const [truth, result] = await Promise.all([one.truth, cli.result, other.ended]);
      const document = documentOf(result);
      expectExact({ document }, truth);
      expect(document.processes.map(({ pid }) => pid)).toEqual([one.pid]);
      expect(result.status).toBe(0);
    });

    testIf(whyNot(row), `a command that starts both counts each (Go ${row.go})`, async () => {
      const executable = await buildTarget(row.target, { go: row.go });
      const both = ['sh', '-c', '"$0" 2000 200 & "$0" 1200 200 & wait', executable];
      const result = await heatprobe(['trace', executable, 'main.work', '--json', '--', ...both]);
      const document = documentOf(result);
      const truths = truthsIn(result.stderr);
      expect(truths).toHaveLength(2);
      const counted = document.processes.map(({ pid, entered, returned, unmatched }) => ({
        pid,
        entered,
        returned,
        unmatched,
      }));
      const told = truths.map(({ pid, calls, returned }) => ({ pid, entered: calls, returned, unmatched: 0 }));
      expect(counted.sort(byPid)).toEqual(told.sort(byPid));
      expect(document.calls).toMatchObject({ unwound: 0, cutOff: 0, inFlight: 0, lost: 0, exact: true });
    });
  }
});

const sum = (rows: readonly ProcessTotals[], field: 'entered' | 'returned' | 'unmatched'): number =>
  rows.reduce((total, row) => total + row[field], 0);

const byPid = (a: { pid: unknown }, b: { pid: unknown }): number => Number(a.pid) - Number(b.pid);
