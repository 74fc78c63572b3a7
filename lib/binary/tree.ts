/** Functions as a tree by package or namespace, for a query: only what is open is listed. */
import type { Language } from './binary.ts';
import { functionBeforeClones } from './clone.ts';
import { namePath } from './namespace.ts';
import { type Match, rangesOf } from './ranking.ts';
import { matchingIds, type SearchNames, wordsOf } from './search.ts';

/** A name's place in the tree, for all names of a file. Made once. */
export interface NameGroups {
  /** For each id, its index in `paths`. */
  readonly groupOf: Uint32Array;
  readonly paths: readonly (readonly string[])[];
}

/** A line of the tree. `depth`: 0 for the outermost. */
export type TreeLine =
  | {
      readonly kind: 'branch';
      /** What tells it from all others. */
      readonly key: string;
      readonly title: string;
      readonly depth: number;
      /** Functions that match in it, at any depth. */
      readonly count: number;
      readonly open: boolean;
    }
  | ({ readonly kind: 'function'; readonly depth: number } & Match)
  /** Functions of a branch that are not listed. */
  | { readonly kind: 'more'; readonly key: string; readonly depth: number; readonly count: number };

export interface Tree {
  readonly total: number;
  readonly lines: readonly TreeLine[];
}

/** Up to so many matches everything is open from the beginning. */
const OPEN_BELOW = 200;
/** Functions listed of one branch, and lines in all: more than anybody reads before typing another letter. */
const LISTED = 200;
const MOST_LINES = 2000;
const NO_NAMESPACE = '(no namespace)';

/** The places of names: `each` is called before every name, so that the caller can let other work in. */
export function* nameGroups(names: readonly string[], language: Language): Generator<void, NameGroups> {
  const groupOf = new Uint32Array(names.length);
  const paths: (readonly string[])[] = [];
  const known = new Map<string, number>();
  for (let id = 0; id < names.length; id++) {
    const name = names[id] ?? '';
    const path = placeOf(name, language);
    const key = path.join('\n');
    const group = known.get(key) ?? paths.push(path) - 1;
    known.set(key, group);
    groupOf[id] = group;
    if (id % 256 === 0) yield;
  }
  return { groupOf, paths };
}

/** C functions of a program in another language have a branch of their own. */
function placeOf(name: string, language: Language): readonly string[] {
  const path = namePath(name, language);
  const isPlain = language !== 'go' && !name.includes('::');
  return isPlain && (language === 'c++' || language === 'rust') ? [NO_NAMESPACE, ...path] : path;
}

interface Branch {
  readonly key: string;
  readonly title: string;
  readonly children: Map<string, Branch>;
  ids: number[];
  count: number;
}

const branch = (key: string, title: string): Branch => ({ key, title, children: new Map(), ids: [], count: 0 });

/**
 * The lines that are seen. `toggled`: keys of branches that are not as they were at first (closed; with few matches
 * open).
 */
export function treeLines(
  names: SearchNames,
  { groupOf, paths }: NameGroups,
  query: string,
  toggled: ReadonlySet<string>,
  language: Language,
): Tree {
  const words = wordsOf(query);
  const byGroup = new Map<number, number[]>();
  let total = 0;
  for (const id of words.length === 0 ? names.names.keys() : matchingIds(names, words)) {
    total += 1;
    const group = groupOf[id] ?? 0;
    const ids = byGroup.get(group);
    if (ids) ids.push(id);
    else byGroup.set(group, [id]);
  }
  const root = branch('', '');
  for (const [group, ids] of byGroup) grow(root, paths[group] ?? [], ids);
  const lines: TreeLine[] = [];
  const openAtFirst = words.length > 0 && total <= OPEN_BELOW;
  const isOpen = (key: string): boolean => openAtFirst !== toggled.has(key);
  const nameOf = (id: number): string => names.names[id] ?? '';
  const list = (at: Branch, depth: number): void => {
    for (const child of sorted(at)) {
      if (lines.length >= MOST_LINES) return;
      const { title, last } = compact(child, separator(language));
      const open = isOpen(last.key);
      lines.push({ kind: 'branch', key: last.key, title, depth, count: last.count, open });
      if (open) list(last, depth + 1);
    }
    const ids = at.ids.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    const room = Math.max(0, Math.min(LISTED, MOST_LINES - lines.length));
    const shown = functionBeforeClones(ids.slice(0, room), nameOf);
    for (const id of shown) lines.push({ kind: 'function', depth, id, ranges: rangesOf(nameOf(id), words) });
    if (shown.length < ids.length)
      lines.push({ kind: 'more', key: `${at.key} more`, depth, count: ids.length - shown.length });
  };
  list(root, 0);
  return { total, lines };
}

/** A prefix that only one C function has groups nothing. */
function grow(root: Branch, path: readonly string[], ids: readonly number[]): void {
  const isLonePrefix = ids.length === 1 && path.at(-1)?.endsWith('_') === true;
  let at = root;
  at.count += ids.length;
  for (const title of isLonePrefix ? path.slice(0, -1) : path) {
    const next = at.children.get(title) ?? branch(at.key === '' ? title : `${at.key}\n${title}`, title);
    at.children.set(title, next);
    next.count += ids.length;
    at = next;
  }
  for (const id of ids) at.ids.push(id);
}

/** `github.com`, `a`, `b` with nothing beside them are one line. */
function compact(first: Branch, between: string): { title: string; last: Branch } {
  let [title, last] = [first.title, first];
  while (last.ids.length === 0 && last.children.size === 1 && first.title !== NO_NAMESPACE) {
    const [only] = last.children.values();
    if (!only) break;
    title += between + only.title;
    last = only;
  }
  return { title, last };
}

const separator = (language: Language): string => (language === 'go' ? '/' : '::');

/** By title; the program's own main part first, what has no namespace last. */
function sorted({ children }: Branch): readonly Branch[] {
  const place = ({ title }: Branch): number => (title === 'main' ? 0 : title === NO_NAMESPACE ? 2 : 1);
  return [...children.values()].sort((a, b) => place(a) - place(b) || (a.title < b.title ? -1 : 1));
}
