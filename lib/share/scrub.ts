/** Takes what is hidden out of sentences. Names that stand for it are left in its place. */

/** A text that must not be seen, and what is said instead. */
export interface Hidden {
  readonly text: string;
  readonly instead: string;
}

/** An absolute path in a sentence, up to the next space or quotation mark. A slash inside a name (`net/rpc.Dial`, `operator/`) begins none. */
const PATH = /(?<![\w.)\]}>*…-])\/[^\s"'`“”]+/g;
const SOME_PATH = '(path)';

/** A shorter text may be part of any word: then only the whole word is meant. */
export const LONG_ENOUGH = 6;

/** The text without the hidden ones, longest first: a path is gone before a directory of it is looked for. */
export function scrub(text: string, hidden: readonly Hidden[], paths: 'keep paths' | 'hide paths'): string {
  let rest = text;
  for (const { text: secret, instead } of [...hidden].sort((a, b) => b.text.length - a.text.length)) {
    if (secret === '') continue;
    rest =
      secret.length < LONG_ENOUGH
        ? rest.replace(wholeWord(secret), () => instead)
        : rest.replaceAll(secret, () => instead);
  }
  return paths === 'keep paths' ? rest : rest.replace(PATH, () => SOME_PATH);
}

function wholeWord(secret: string): RegExp {
  return new RegExp(`(?<!\\w)${secret.replace(/[^\w\s]/g, '\\$&')}(?!\\w)`, 'g');
}
