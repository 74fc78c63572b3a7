/**
 * A command line as a list of arguments. No shell takes part: quotes and escapes are understood, and what only a shell
 * could do is refused with a word about it, so that nobody waits for a pipe that was never there.
 */

export type ParsedCommand =
  | { readonly ok: true; readonly args: readonly string[] }
  /** `at`: position of the offending character in the line. */
  | { readonly ok: false; readonly message: string; readonly hint: string; readonly at: number };

const MOST_ARGS = 256;
const LONGEST_LINE = 16_384;

const QUOTE_IT =
  'Put it in single quotes if the program is to get it as it stands. A program inside a shell line is traced from outside: start the line yourself and choose its process.';

/** Characters that mean something to a shell outside of quotes, and what would be expected of them. */
const SHELL_WORDS: Readonly<Record<string, string>> = {
  '|': 'Pipes do not work here: no shell runs the command.',
  '>': 'Redirections do not work here: no shell runs the command.',
  '<': 'Redirections do not work here: no shell runs the command.',
  '&': 'Background jobs and && do not work here: one command is started, without a shell.',
  ';': 'Several commands do not work here: one command is started, without a shell.',
  '`': 'Command substitution does not work here: no shell runs the command.',
  '(': 'Subshells do not work here: no shell runs the command.',
  ')': 'Subshells do not work here: no shell runs the command.',
  $: 'Variables such as $HOME are not replaced: no shell runs the command.',
  '*': 'Patterns such as *.txt are not expanded: no shell runs the command.',
  '?': 'Patterns such as file? are not expanded: no shell runs the command.',
  '[': 'Patterns such as [ab] are not expanded: no shell runs the command.',
  '{': 'Braces such as {a,b} are not expanded: no shell runs the command.',
};
/** Inside double quotes a shell replaces only these. */
const IN_DOUBLE_QUOTES = new Set(['$', '`']);
/** What a backslash takes its meaning from inside double quotes; before others it stands for itself. */
const ESCAPED_IN_DOUBLE_QUOTES = new Set(['"', '\\', '$', '`']);

/** Splits a line into arguments by the quoting rules of a POSIX shell. */
export function parseCommandLine(line: string): ParsedCommand {
  if (line.length > LONGEST_LINE) return wrong('The command line is too long.', 'Put the work into a script.', 0);
  const args: string[] = [];
  let word: string | null = null;
  let quote: { readonly mark: string; readonly at: number } | null = null;
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at);
    if (letter === '\0' || letter === '\n' || letter === '\r')
      return wrong('The command line has more than one line.', 'Give one command, on one line.', at);
    if (quote?.mark === "'") {
      if (letter === "'") quote = null;
      else word += letter;
    } else if (letter === '\\') {
      const next = line.charAt(at + 1);
      if (next === '') return wrong('A backslash is the last character.', 'Write \\\\ for a backslash.', at);
      word = `${word ?? ''}${quote && !ESCAPED_IN_DOUBLE_QUOTES.has(next) ? '\\' : ''}${next}`;
      at += 1;
    } else if (quote ? IN_DOUBLE_QUOTES.has(letter) : Object.hasOwn(SHELL_WORDS, letter)) {
      return wrong(SHELL_WORDS[letter] ?? '', QUOTE_IT, at);
    } else if (quote) {
      if (letter === quote.mark) quote = null;
      else word += letter;
    } else if (letter === "'" || letter === '"') {
      quote = { mark: letter, at };
      word ??= '';
    } else if (letter === ' ' || letter === '\t') {
      if (word !== null) args.push(word);
      word = null;
    } else if (word === null && letter === '~') {
      return wrong('A home directory such as ~ is not replaced: no shell runs the command.', 'Write its path.', at);
    } else if (word === null && letter === '#') {
      return wrong('Comments do not work here: no shell runs the command.', QUOTE_IT, at);
    } else word = (word ?? '') + letter;
  }
  if (quote) return wrong('A quotation mark has no partner.', 'Close the quotes.', quote.at);
  if (word !== null) args.push(word);
  return checked(args, line);
}

const wrong = (message: string, hint: string, at: number): ParsedCommand => ({ ok: false, message, hint, at });

function checked(args: readonly string[], line: string): ParsedCommand {
  const [program] = args;
  if (program === undefined) return wrong('There is no command yet.', 'Type the program and its arguments.', 0);
  if (program === '') return wrong('The program has no name.', 'Begin with the program to start.', 0);
  if (args.length > MOST_ARGS)
    return wrong('There are too many arguments.', 'Put the work into a script.', line.length);
  if (/^[A-Za-z_]\w*=/.test(program)) {
    return wrong(
      `Variables cannot be set with ${program}: no shell runs the command.`,
      'Start heatprobe with that variable set: the command inherits its environment.',
      0,
    );
  }
  return { ok: true, args };
}

/** The arguments as a line that parses to the same arguments. */
export function commandLine(args: readonly string[]): string {
  return args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`)).join(' ');
}
