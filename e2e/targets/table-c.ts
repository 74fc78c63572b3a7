// C targets, built with gcc.
import type { Target } from './table.ts';

const O2 = ['-O2', '-fcf-protection=none'];
const O0 = ['-O0', '-fcf-protection=none'];
/** Every function begins with endbr64, and indirect jumps within a function carry a notrack prefix. */
const cet = ['-O2', '-fcf-protection=full'];
/** No symbol table: only what the dynamic symbol table exports is left. */
const stripped = [...O2, '-rdynamic', '-s'];

const usual = { O2, O0, cet, stripped };

const row = (name: string, usage: string, symbols: readonly string[], more: Partial<Target> = {}): Target => ({
  language: 'c',
  source: `c/${name}.c`,
  variants: usual,
  symbols: symbols.map((symbol) => (symbols.length > 1 ? { name: symbol, truth: symbol } : { name: symbol })),
  usage,
  ...more,
});

export const cTargets = {
  'c/recursion': row('recursion', '[rounds=200] [depth=100]', ['descend'], {
    variants: { ...usual, 'no-pie': [...O2, '-no-pie'] },
  }),
  'c/threads': row('threads', '[long-lived=8] [calls each=1500] [short-lived=300]', ['work']),
  'c/longjmp': row('longjmp', '[mode=all|plain|deep|sig] [calls=3000]', ['work'], {
    variants: { ...usual, fortify: [...O2, '-D_FORTIFY_SOURCE=2'], static: [...O2, '-static'] },
  }),
  'c/rate': row('rate', '[threads=2] [calls each=200000]', ['step']),
  'c/sleep': row('sleep', '[repeat=1]', ['doze'], { truth: ['medianNs'] }),
  'c/fibers': row('fibers', '[fibers=16] [calls each=400]', ['step']),
  'c/signals': row('signals', '[mode=nested|jump] [calls=5000]', ['work'], { truth: ['inHandler'] }),
  'c/threadexit': row('threadexit', '[mode=all|exit|cancel] [threads=200]', ['work']),
  'c/fork': row('fork', '[calls=300]', ['work'], { truth: ['childReturned', 'childCalls'] }),
  'c/exec': row('exec', '[calls=2000]', ['work'], { truth: ['images'] }),
  // Without optimisation there are no tail calls: O0 is the control.
  'c/tailcall': row('tailcall', '[calls=2000]', ['relay', 'finish', 'relay_odd', 'hand_over', 'is_even', 'is_odd'], {
    truth: ['tail'],
  }),
  'c/branches': row('branches', '[calls=6000]', ['classify', 'dispatch']),
  'c/selftail': row('selftail', '[calls=1000]', ['countdown', 'head_is_entry'], { truth: ['rounds', 'entryHits'] }),
  'c/exits': row('exits', '[calls=1000]', [
    'plain_ret',
    'rep_ret',
    'bnd_ret',
    'pop_ret_8',
    'two_rets',
    'leave_if_odd',
    'lock_first',
  ]),
  'c/cold': row('cold', '[calls=7000]', ['parse'], { truth: ['fromCold'] }),
  'c/library': row('library', '[calls=10000]', ['tally_add'], {
    symbols: [{ name: 'tally_add', file: 'libtally.so' }],
    library: { source: 'c/tally.c', file: 'libtally.so' },
  }),
} satisfies Record<string, Target>;
