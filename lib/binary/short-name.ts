/** Readable names cut down to what tells functions apart: where, and the last name; arguments go first. */
import type { Language } from './binary.ts';
import { cloneSuffixAt } from './clone.ts';
import { prefixLength } from './namespace.ts';

export interface ShortName {
  /** Package, namespace or type, with what joins it to the name: the part to cut where there is no room. */
  readonly place: string;
  /** The function's own name, with the compiler's suffix. */
  readonly name: string;
}

/** What is dropped, in this order of preference. */
type Detail = 'name' | 'types' | 'whole';
const DETAILS: readonly Detail[] = ['name', 'types', 'whole'];

/** Without arguments and template arguments: `store::Engine::` and `query [.isra.0]`. */
export const shortName = (name: string, language: Language): ShortName => inDetail(name, language, 'name');

/** Short names of functions shown side by side: arguments stay where names would be equal without them. */
export function distinctNames(names: readonly string[], language: Language): readonly ShortName[] {
  const details = new Array<Detail>(names.length).fill('name');
  for (const next of DETAILS.slice(1)) {
    const texts = names.map((name, at) => written(inDetail(name, language, details[at] ?? 'whole')));
    texts.forEach((text, at) => {
      if (texts.indexOf(text) !== texts.lastIndexOf(text)) details[at] = next;
    });
  }
  return names.map((name, at) => inDetail(name, language, details[at] ?? 'whole'));
}

const written = ({ place, name }: ShortName): string => place + name;

function inDetail(full: string, language: Language, detail: Detail): ShortName {
  const at = cloneSuffixAt(full);
  const [base, suffix] = [full.slice(0, at), suffixWords(full.slice(at))];
  const begin = ownNameAt(base, language);
  const [place, own] = [base.slice(0, begin), base.slice(begin)];
  if (detail === 'whole') return { place, name: own + suffix };
  const plain = language === 'go' ? withoutBrackets(own, '[', ']') : withoutArguments(own);
  if (detail === 'types') return { place, name: plain + suffix };
  const [shortPlace, name] = language === 'go' ? [place, plain] : [noTypes(place), noTypes(plain)];
  return { place: shortPlace, name: name + suffix };
}

/** `[clone .isra.0] [clone .cold]` -> ` [.isra.0.cold]` */
function suffixWords(suffix: string): string {
  const parts = suffix.replace(/ \[clone |\]/g, '');
  return parts === '' ? '' : ` [${parts}]`;
}

/** A lambda's `operator()` and a `{{closure}}` are names only together with what they are in. */
function ownNameAt(base: string, language: Language): number {
  const at = prefixLength(base, language);
  if (language === 'go' || !/^(?:operator\(\)|\{)/.test(base.slice(at)) || at < 2) return at;
  return prefixLength(base.slice(0, at - 2), language);
}

/** Up to the arguments, if there are any: not at `operator()`, `(anonymous namespace)`, `{lambda()#1}`. */
function withoutArguments(name: string): string {
  let depth = 0;
  for (let at = 0; at < name.length; at++) {
    const letter = name[at] ?? '';
    const operator = OPERATOR.exec(name.slice(at, at + 14))?.[0];
    if (operator && depth === 0) at += operator.length - 1;
    else if (letter === '<' || letter === '{') depth += 1;
    else if (letter === '>' || letter === '}') depth = Math.max(0, depth - 1);
    else if (letter === '(' && depth === 0 && !name.startsWith('(anonymous', at)) return name.slice(0, at);
  }
  return name;
}

/** Operators have brackets in their names. */
const OPERATOR = /^operator(?:\(\)|<=>|<<=?|>>=?|->\*?|[<>]=?)/;

/** Template arguments away; a name that is nothing else stays. */
function noTypes(name: string): string {
  const operator = /operator(?:<=>|<<=?|>>=?|->\*?|[<>]=?)/.exec(name);
  const end = operator ? operator.index + operator[0].length : 0;
  return (
    (operator ? withoutBrackets(name.slice(0, operator.index), '<', '>') + operator[0] : '') +
    withoutBrackets(name.slice(end), '<', '>')
  );
}

/** Empties brackets that follow a name: `f<int>` -> `f`, `f[go.shape.int]` -> `f`; `<A as B>::f` stays. */
function withoutBrackets(name: string, open: string, close: string): string {
  let [text, depth, kept] = ['', 0, 0];
  for (let at = 0; at < name.length; at++) {
    const letter = name[at] ?? '';
    const arrow = letter === '>' && name[at - 1] === '-';
    if (letter === open && depth === 0 && at === 0) kept = 1;
    if (letter === open) depth += 1;
    if (depth === 0 || kept > 0) text += letter;
    if (letter === close && !arrow) {
      depth = Math.max(0, depth - 1);
      if (depth === 0) kept = 0;
    }
  }
  return text.replace(/ +$/, '');
}
