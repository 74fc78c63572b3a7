// Rust targets: one file each, nothing but the standard library.
import type { Target } from './table.ts';

const variants = {
  release: ['-O'],
  debug: [],
};

/** A legacy-mangled name ends in a hash of the crate and the compiler. */
const legacy = (path: string): RegExp => new RegExp(`^_ZN${path}17h[0-9a-f]{16}E$`);

export const rustTargets = {
  'rust/http': {
    language: 'rust',
    source: 'rust/http.rs',
    variants,
    symbols: [{ name: legacy('4http5fetch') }],
    usage: '[calls=1000] [threads=4]',
    truth: ['medianNs', 'minNs'],
  },
  'rust/panic': {
    language: 'rust',
    source: 'rust/panic.rs',
    variants,
    symbols: [{ name: legacy('5panic4work') }],
    usage: '[mode=all|caught|deep|drop] [calls=3000]',
  },
  // The three copies of `weigh` differ only in the hash, so only their sum can be told apart from the symbol table:
  // the v0 mangling (variant `v0`) spells the types out.
  'rust/generic': {
    language: 'rust',
    source: 'rust/generic.rs',
    variants: { v0: ['-O', '-C', 'symbol-mangling-version=v0'], ...variants },
    symbols: [
      { name: /^_RINv\w+_7generic5weighy/, truth: 'generic::weigh<u64>' },
      { name: /^_RINv\w+_7generic5weighd/, truth: 'generic::weigh<f64>' },
      { name: /^_RINv\w+_7generic5weighNt\w+6StringE/, truth: 'generic::weigh<alloc::string::String>' },
      { name: /^_RNvX\w+5Shape4area$/, truth: '<generic::Square as generic::Shape>::area' },
    ],
    usage: '[calls=3000]',
  },
  'rust/threads': {
    language: 'rust',
    source: 'rust/threads.rs',
    variants,
    symbols: [{ name: legacy('7threads4work') }],
    usage: '[long-lived=8] [calls each=1500] [short-lived=300]',
  },
} satisfies Record<string, Target>;
