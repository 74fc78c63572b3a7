/** Lines of fields as comma separated values (RFC 4180): quoted where needed, lines end with CR LF. */
export function csv(lines: readonly (readonly string[])[]): string {
  return lines.map((fields) => `${fields.map(csvField).join(',')}\r\n`).join('');
}

/**
 * One field. A spreadsheet takes what begins like a formula for one; an apostrophe keeps it text. Where lines may begin
 * with `#` as comments, readers take it for one anywhere but in quotes.
 */
export function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n#]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
