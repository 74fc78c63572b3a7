/** Pieces and copies that a compiler makes of one function: `f(int) [clone .isra.0.cold]`, `f.part.0`. */

const WRITTEN_OUT = /(?: \[clone [^\]]*\])+$/;
const SUFFIX = /(?:\.(?:cold|part|isra|constprop|llvm|lto_priv|clone|warm|hot)(?:\.\d+)*)+$/;

/** Where the compiler's suffix begins; the name's length without one. A name is never suffix alone. */
export function cloneSuffixAt(name: string): number {
  const found = name.endsWith(']') ? WRITTEN_OUT.exec(name) : SUFFIX.exec(name.slice(-LONGEST));
  if (!found) return name.length;
  const at = name.length - found[0].length;
  return at > 0 ? at : name.length;
}

/** Suffixes are short; regular expressions that look for an end are slow in names of 4,000 letters. */
const LONGEST = 80;

/** How far a symbol is from the function itself: 0 it, 1 a copy or a part of it, 2 what of these seldom runs. */
function distance(suffix: string): 0 | 1 | 2 {
  if (suffix === '') return 0;
  return suffix.includes('.cold') ? 2 : 1;
}

/**
 * The same rows, but of those that belong to one function the function itself comes first, then copies, then cold parts.
 * Other rows keep their places.
 */
export function functionBeforeClones(ids: readonly number[], nameOf: (id: number) => string): number[] {
  const places = new Map<string, number[]>();
  const distances: number[] = [];
  ids.forEach((id, place) => {
    const name = nameOf(id);
    const at = cloneSuffixAt(name);
    distances.push(distance(name.slice(at)));
    const base = name.slice(0, at);
    const known = places.get(base);
    if (known) known.push(place);
    else places.set(base, [place]);
  });
  const sorted = [...ids];
  for (const group of places.values()) {
    if (group.length < 2) continue;
    const order = [...group].sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || a - b);
    group.forEach((place, index) => {
      sorted[place] = ids[order[index] ?? place] ?? 0;
    });
  }
  return sorted;
}
