/** Where a function belongs, told by its readable name: package (Go), namespace or type (C++, Rust), prefix (C). */
import type { Language } from './binary.ts';

/**
 * Length of what stands before the function's own name: of `net/rpc.` in `net/rpc.(*Client).Call`, of
 * `a::b<c::d>::` in `a::b<c::d>::e(f::g)`; 0 for a name without package or namespace.
 */
export function prefixLength(name: string, language: Language): number {
  return language === 'go' ? packageLength(name) : (colons(name).at(-1) ?? 0);
}

/**
 * The way to a function from the outside in, each step ready to be shown: `['net', 'rpc']`, `['v8', 'internal']`,
 * `['uv_']` for a C function by its prefix, nothing for one without.
 */
export function namePath(name: string, language: Language): readonly string[] {
  if (language === 'go') {
    const length = packageLength(name);
    return length === 0 ? [] : name.slice(0, length - 1).split('/');
  }
  const ends = colons(name);
  if (ends.length > 0) return ends.map((end, at) => name.slice(at === 0 ? 0 : (ends[at - 1] ?? 0), end - 2));
  const prefix = /^_*[A-Za-z0-9]+_(?=[A-Za-z0-9])/.exec(name)?.[0];
  return prefix === undefined ? [] : [prefix];
}

function packageLength(name: string): number {
  return name.indexOf('.', name.lastIndexOf('/', beforeArguments(name)) + 1) + 1;
}

/** Type arguments of Go's generics hold paths of their own: `slices.Index[go.shape.string]`. */
function beforeArguments(name: string): number {
  const bracket = name.indexOf('[');
  return bracket < 0 ? name.length : bracket;
}

const OPENING = new Set('<{['.split(''));
const CLOSING = new Set('>}]'.split(''));

/** Positions behind each `::` that is not within brackets, up to the function's arguments. */
function colons(name: string): number[] {
  const ends: number[] = [];
  let depth = 0;
  for (let at = 0; at < name.length; at++) {
    const letter = name[at] ?? '';
    if (letter === ':' && name[at + 1] === ':') {
      at += 1;
      if (depth === 0) ends.push(at + 1);
    } else if (letter === '-' && name[at + 1] === '>') at += 1;
    else if (OPENING.has(letter)) depth += 1;
    else if (CLOSING.has(letter)) depth = Math.max(0, depth - 1);
    else if (letter === '(' && depth === 0) {
      // `(anonymous namespace)::` is a part of the name; any other bracket begins the arguments.
      if (!name.startsWith('(anonymous', at)) break;
      at = name.indexOf(')', at);
      if (at < 0) break;
    }
  }
  return ends;
}
