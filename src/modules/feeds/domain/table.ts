/** A row of a table with the line it begins at. */
export interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly mistakes: readonly LineMistake[];
}

export interface LineMistake {
  readonly line: number;
  readonly message: string;
}

export const MOST_ROWS = 5000;
const MOST_COLUMNS = 200;

/** Reads comma, semicolon or tab separated values (RFC 4180), with names in the first line. */
export function readTable(text: string): Table {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  const first = body.slice(0, Math.max(0, body.indexOf('\n')) || body.length);
  const delimiter = [';', '\t', ','].toSorted((a, b) => first.split(b).length - first.split(a).length)[0]!;
  const records = recordsOf(body, delimiter);
  const columns = (records[0]?.cells ?? []).map((cell) => cell.trim()).slice(0, MOST_COLUMNS);
  const mistakes: LineMistake[] = [];
  const rows: Row[] = [];
  for (const { line, cells, open } of records.slice(1)) {
    if (cells.length === 1 && cells[0] === '') continue;
    if (rows.length >= MOST_ROWS) {
      mistakes.push({ line, message: `Mehr als ${MOST_ROWS} Zeilen werden nicht auf einmal gelesen. Teilen Sie die Datei.` });
      break;
    }
    if (open) mistakes.push({ line, message: 'Hier fängt ein Anführungszeichen an, das nicht aufhört.' });
    else if (cells.length !== columns.length) mistakes.push({ line, message: `Die Zeile hat ${cells.length} Spalten, der Kopf hat ${columns.length}.` });
    else rows.push({ line, cells: Object.fromEntries(columns.map((name, index) => [name, cells[index]!.trim()])) });
  }
  return { columns, rows, mistakes };
}

interface TextRecord {
  readonly line: number;
  readonly cells: string[];
  /** A quote did not end. */
  open: boolean;
}

function recordsOf(text: string, delimiter: string): TextRecord[] {
  const records: TextRecord[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length && records.length <= MOST_ROWS + 1) {
    const record: TextRecord = { line, cells: [], open: false };
    records.push(record);
    for (let more = true; more;) {
      const cell = cellAt(text, at, delimiter);
      record.cells.push(cell.text);
      record.open ||= cell.open;
      line += cell.lines;
      at = cell.next;
      more = text[at] === delimiter;
      if (more) at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
  }
  return records;
}

function cellAt(text: string, from: number, delimiter: string): { text: string; next: number; lines: number; open: boolean } {
  if (text[from] !== '"') {
    let at = from;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
    return { text: text.slice(from, at), next: at, lines: 0, open: false };
  }
  const parts: string[] = [];
  let at = from + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return { text: parts.join('') + text.slice(at), next: text.length, lines: 0, open: true };
    parts.push(text.slice(at, end));
    if (text[end + 1] !== '"') {
      const found = parts.join('');
      let next = end + 1;
      while (next < text.length && text[next] !== delimiter && text[next] !== '\n' && text[next] !== '\r') next += 1;
      return { text: found, next, lines: found.split('\n').length - 1, open: false };
    }
    parts.push('"');
    at = end + 2;
  }
}
