/** A cell of a table with the place it stands at, as people count: from 1. */
export interface PlacedCell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a file, and where. */
export interface PlacedMistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Bytes as text: UTF-16 with a byte order mark, as Matomo writes tables for Excel, else UTF-8. `undefined`: neither. */
export function decoded(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Reads a table (RFC 4180), whichever of comma, semicolon and tab its first line has most of. Empty lines are passed over.
 * @returns rows of cells, or where a quote is never closed
 */
export function readCsv(text: string): readonly (readonly PlacedCell[])[] | PlacedMistake {
  const source = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(source.slice(0, source.search(/\r?\n|$/)));
  const rows: PlacedCell[][] = [];
  let [row, line, at]: [PlacedCell[], number, number] = [[], 1, 0];
  while (at < source.length) {
    const cell = cellAt(source, at, separator);
    const place = { line, column: row.length + 1 };
    if (cell === undefined) return { ...place, message: 'Ein Anführungszeichen wird hier geöffnet und nie geschlossen.' };
    row.push({ text: cell.text, ...place });
    line += cell.lines;
    at = cell.end;
    if (source[at] === separator) {
      at += 1;
      if (at === source.length || source[at] === '\n' || source[at] === '\r') row.push({ text: '', line, column: row.length + 1 });
      else continue;
    }
    if (row.some((one) => one.text !== '')) rows.push(row);
    row = [];
    if (source[at] === '\r') at += 1;
    if (source[at] === '\n') at += 1;
    line += 1;
  }
  return rows;
}

function separatorOf(head: string): string {
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }));
  return counted.toSorted((a, b) => b.count - a.count)[0]!.sign;
}

interface ReadCell {
  readonly text: string;
  readonly end: number;
  readonly lines: number;
}

function cellAt(source: string, start: number, separator: string): ReadCell | undefined {
  if (source[start] !== '"') {
    let end = start;
    while (end < source.length && source[end] !== separator && source[end] !== '\n' && source[end] !== '\r') end += 1;
    return { text: source.slice(start, end).trim(), end, lines: 0 };
  }
  let [end, text] = [start + 1, ''];
  for (;;) {
    const quote = source.indexOf('"', end);
    if (quote < 0) return undefined;
    text += source.slice(end, quote);
    end = quote + 1;
    if (source[end] !== '"') break;
    text += '"';
    end += 1;
  }
  // what stands between a closing quote and the next separator belongs to nobody
  while (end < source.length && source[end] !== separator && source[end] !== '\n' && source[end] !== '\r') end += 1;
  return { text, end, lines: text.split('\n').length - 1 };
}
