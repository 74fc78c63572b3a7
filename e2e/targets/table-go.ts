// Go targets. Each is built with every Go toolchain that is there (goroutine layout and prologues differ by version).
import type { Target } from './table.ts';

const plainAndStripped = { plain: [], stripped: ['-ldflags=-s -w'] };

export const goTargets = {
  'go/rpcserver': {
    language: 'go',
    source: 'go/rpcserver',
    variants: plainAndStripped,
    symbols: [{ name: 'main.(*Sleeper).Sleep' }],
    usage: '[microseconds=1000]; serves until standard input ends; first line {"port","pid"}',
    truth: ['medianNs'],
  },
  'go/rpcclient': {
    language: 'go',
    source: 'go/rpcclient',
    variants: {
      // Called through an interface: the optimiser cannot inline it.
      plain: [],
      stripped: ['-ldflags=-s -w'],
      unoptimised: ['-gcflags=all=-N -l'],
      // Called directly and optimised: no symbol of that name is left in the binary.
      inlined: ['-tags=direct'],
    },
    symbols: [{ name: 'net/rpc.(*Client).Call' }],
    usage: 'PORT [calls=1000] [goroutines=4]',
    truth: ['minNs', 'medianNs'],
  },
  'go/goroutines': {
    language: 'go',
    source: 'go/goroutines',
    variants: plainAndStripped,
    symbols: [{ name: 'main.work' }],
    usage: '[goroutines=200] [calls each=100]',
    truth: ['migrated'],
  },
  'go/recursion': {
    language: 'go',
    source: 'go/recursion',
    variants: plainAndStripped,
    symbols: [{ name: 'main.descend' }],
    usage: '[rounds=20] [depth=1000]',
    truth: ['moved'],
  },
  'go/panics': {
    language: 'go',
    source: 'go/panics',
    variants: plainAndStripped,
    symbols: [
      { name: 'main.work', truth: 'main.work' },
      { name: 'main.guarded', truth: 'main.guarded' },
    ],
    usage: '[mode=all|caught|own|deep|middle|again|goexit|last|gc] [calls=1500]',
  },
  'go/pair': {
    language: 'go',
    source: 'go/pair',
    variants: plainAndStripped,
    symbols: [{ name: 'main.work' }],
    usage: '[calls=8000] [microseconds=200]',
    truth: ['pid'],
  },
  'go/sleep': {
    language: 'go',
    source: 'go/sleep',
    variants: plainAndStripped,
    symbols: [{ name: 'main.pause' }],
    usage: '[repeat=1]',
    truth: ['medianNs'],
  },
  'go/crash': {
    language: 'go',
    source: 'go/crash',
    variants: plainAndStripped,
    symbols: [{ name: 'main.work' }],
    usage: '[calls=2000]',
    exit: 2,
  },
  'go/spin': {
    language: 'go',
    source: 'go/spin',
    variants: plainAndStripped,
    symbols: [{ name: 'main.handle' }],
    usage: '[seconds=0, until SIGTERM] [calls a second=400]; first line {"pid"}',
  },
} satisfies Record<string, Target>;
