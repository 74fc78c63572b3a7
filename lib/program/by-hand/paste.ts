const END = 'END_OF_HEATPROBE';

/** A script as one command for a terminal: it is fed to a shell of its own, so that nothing in it can end yours. */
export function pasted(script: string, seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds < 1) throw new Error(`not a number of seconds: ${seconds}`);
  if (script.split('\n').includes(END)) throw new Error('the script holds the line that would end it');
  return `sudo sh -s -- ${seconds} <<'${END}'\n${script}${END}\n`;
}
