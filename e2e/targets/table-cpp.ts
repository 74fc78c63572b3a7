// C++ targets, built with g++.
import type { Target } from './table.ts';

const variants = {
  O2: ['-O2'],
  O0: ['-O0'],
  cet: ['-O2', '-fcf-protection=full'],
  // The unwinder is inside the executable instead of in libgcc_s.
  'static-runtime': ['-O2', '-static-libgcc', '-static-libstdc++'],
};

const overloads = [
  '_ZN6shapes5scaleEl',
  '_ZN6shapes5scaleERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE',
  '_ZN6shapes5totalIiEET_RKSt6vectorIS1_SaIS1_EE',
  '_ZN6shapes5totalIdEET_RKSt6vectorIS1_SaIS1_EE',
  '_ZN6shapes6SquareclEPKc',
];

export const cppTargets = {
  'cpp/throw': {
    language: 'c++',
    source: 'cpp/throw.cpp',
    variants,
    symbols: [{ name: '_ZN6Parser5parseEli' }],
    usage: '[mode=all|caught|frames|deep|rethrow|inside] [calls=6000] [seconds=0]',
  },
  'cpp/names': {
    language: 'c++',
    source: 'cpp/names.cpp',
    variants,
    symbols: overloads.map((name) => ({ name, truth: name })),
    usage: '[calls=2000]',
  },
} satisfies Record<string, Target>;
