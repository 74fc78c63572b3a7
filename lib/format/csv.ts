/** Lines of fields as comma separated values (RFC 4180): quoted where needed, lines end with CR LF. */
export function csv(lines: readonly (readonly string[])[]): string {
  return lines.map((fields) => `${fields.map(field).join(',')}\r\n`).join('');
}

/** A spreadsheet takes what begins like a formula for one; an apostrophe keeps it text. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
