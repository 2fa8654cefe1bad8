/**
 * A table as CSV (RFC 4180) for a German Excel: semicolons, CRLF, a byte order mark. A cell that a
 * spreadsheet would read as a formula begins with an apostrophe.
 */
export function csv(rows: readonly (readonly string[])[]): Uint8Array {
  const text = rows.map((row) => row.map(cell).join(';')).join('\r\n');
  return Buffer.from(`\uFEFF${text}\r\n`, 'utf8');
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
