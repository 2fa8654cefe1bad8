/**
 * A table as CSV (RFC 4180) for a German Excel: semicolons, CRLF, a byte order mark. A cell that a
 * spreadsheet would read as a formula begins with an apostrophe.
 */
export const csv = (rows: readonly (readonly string[])[]): Uint8Array => Buffer.from(csvText(rows), 'utf8');

export const csvText = (rows: readonly (readonly string[])[]): string => `\uFEFF${lines(rows)}`;

/** As `csv`, for tables that are read while they are sent. */
export async function* csvParts(parts: AsyncIterable<readonly (readonly string[])[]>): AsyncGenerator<Uint8Array> {
  let mark = '\uFEFF';
  for await (const rows of parts) {
    yield Buffer.from(mark + lines(rows), 'utf8');
    mark = '';
  }
}

const lines = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('');

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
