/** Words of a shell script. Everything that comes from outside goes through here. */

/** One word, whatever it holds: within single quotes a POSIX shell gives no character a meaning but the quote. */
export function word(text: string): string {
  if (text.includes('\0')) throw new Error('a word of a shell cannot hold a NUL character');
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const LONGEST_COMMENT = 160;

/** One line behind `# `: nothing in it ends the comment or moves the cursor of a terminal. */
export function comment(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  const letters = [...plain];
  return `# ${letters.length > LONGEST_COMMENT ? `${letters.slice(0, LONGEST_COMMENT).join('')}...` : plain}`;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const COLUMNS = 76;

/** Base64 (RFC 4648) in lines of 76 letters. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const letter = (shift: number): string => LETTERS[(bits >> shift) & 63] ?? '';
    text += letter(18) + letter(12) + (b === undefined ? '=' : letter(6)) + (c === undefined ? '=' : letter(0));
  }
  return text.replace(new RegExp(`.{${COLUMNS}}(?=.)`, 'g'), '$&\n');
}

/** Two digits a byte, without anything between. */
export const hexadecimal = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
