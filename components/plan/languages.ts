import type { Language } from '../../lib/binary/binary.ts';

const NAMES: Readonly<Record<Language, string>> = { go: 'Go', rust: 'Rust', 'c++': 'C++', c: 'C', unknown: '' };

/** With the compiler: `Go 1.24.1`, `C++ GCC 10.3.1`; empty when the language is not known. */
export function languageName(language: Language, version: string | null): string {
  const name = NAMES[language];
  return name && version ? `${name} ${version}` : name;
}

/** For a badge: `Go 1.24`, `C++`. Of Go the version matters (how calls are paired), of others only who compiled them. */
export function languageBadge(language: Language, version: string | null): string {
  const minor = language === 'go' ? /^\d+\.\d+/.exec(version ?? '')?.[0] : undefined;
  return languageName(language, minor ?? null);
}
