// Sequences that colour a terminal or move its cursor: ESC [ ... letter, and ESC ] ... BEL.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for.
const TERMINAL = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*\u0007?)|[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** The last lines of what a program printed, without what only a terminal understands; at most so many characters. */
export function lastOutput(text: string, most: number): string {
  const plain = text.replaceAll('\r\n', '\n').replace(TERMINAL, '').trimEnd();
  if (plain.length <= most) return plain;
  const cut = plain.slice(-most);
  const line = cut.indexOf('\n');
  return `…\n${line >= 0 && line < cut.length - 1 ? cut.slice(line + 1) : cut}`;
}
