/**
 * Finding a readable name without demangling the whole table: C++ and Rust mangling keep identifiers literally
 * (`fcntl::Open` is `_ZN5fcntl4OpenEv`), so only linkage names that hold the last identifier can be meant.
 */
import { indexOfBytes, utf8 } from '../elf/bytes.ts';
import { endOfName } from '../elf/symbols.ts';
import type { MergedFunctions } from './merge.ts';

/** Ids of the functions whose demangled name may be the wanted one. */
export function demangledCandidates(rows: MergedFunctions, wanted: string): number[] {
  const identifier = lastIdentifier(wanted);
  const bytes = identifier === null ? null : utf8(identifier);
  const ids: number[] = [];
  for (let id = 0; id < rows.count; id++) {
    const strings = rows.strings(id);
    const from = rows.nameOffset[id] ?? 0;
    if (bytes === null || indexOfBytes(strings.subarray(from, endOfName(strings, from)), bytes) >= 0) ids.push(id);
  }
  return ids;
}

/**
 * The identifier before the parameters and template arguments; null where the mangled name has none of its own
 * (operators, lambdas) or spells it in another way (names outside ASCII in Rust).
 */
export function lastIdentifier(name: string): string | null {
  if (/operator|\{|[^\x20-\x7e]/.test(name)) return null;
  const plain = withoutArguments(name);
  return /([A-Za-z_]\w*)$/.exec(plain)?.[1] ?? null;
}

/** Drops the parameters and what follows (`(int) const`), and one trailing template argument list. */
function withoutArguments(name: string): string {
  const head = (name.replaceAll('(anonymous namespace)', '').split('(')[0] ?? '').trim();
  if (!head.endsWith('>')) return head;
  let depth = 0;
  for (let at = head.length - 1; at >= 0; at--) {
    if (head[at] === '>') depth += 1;
    if (head[at] === '<') depth -= 1;
    if (depth === 0) return head.slice(0, at).replace(/::$/, '');
  }
  return head;
}
