import type { Language } from '../../lib/binary/binary.ts';

const NAMES: Readonly<Record<Language, string>> = { go: 'Go', rust: 'Rust', 'c++': 'C++', c: 'C', unknown: '' };

/** `Go 1.24`, `C++`; empty when the language is not known. */
export function languageName(language: Language, version: string | null): string {
  const name = NAMES[language];
  return name && version ? `${name} ${version}` : name;
}
