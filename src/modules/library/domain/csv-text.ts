import type { FlowText } from './flow-formats.ts';
import { FlowWriter } from './flow-writer.ts';

const LOOKED_AT = 50;
const SEPARATORS = [';', '\t', ','] as const;
export type Separator = (typeof SEPARATORS)[number];

/** The sign that parts the cells, when nearly all lines have the same number of cells; else it is no table. */
export function separatorOf(text: string): Separator | undefined {
  const head = text.slice(0, 64 * 1024);
  for (const separator of SEPARATORS) {
    const rows = rowsOf(head.length < text.length ? head.slice(0, head.lastIndexOf('\n')) : head, separator, LOOKED_AT);
    const widths = new Map<number, number>();
    for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
    const [width, times] = [...widths].toSorted((a, b) => b[1] - a[1])[0] ?? [0, 0];
    // prose has commas, too
    if (rows.length >= 2 && width >= (separator === ',' ? 3 : 2) && times >= rows.length * 0.95) return separator;
  }
  return undefined;
}

/** The rows of a CSV (RFC 4180): a quoted cell may hold separators, line ends and doubled quotes. */
function rowsOf(text: string, separator: Separator, most = Number.POSITIVE_INFINITY): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length && rows.length < most) {
    let cell = '';
    if (text[at] === '"') {
      let end = text.indexOf('"', at + 1);
      while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
      cell = text.slice(at + 1, end < 0 ? text.length : end).replaceAll('""', '"');
      at = end < 0 ? text.length : end + 1;
    }
    let end = at;
    while (end < text.length && text[end] !== separator && text[end] !== '\n') end++;
    row.push(cell + text.slice(at, end).replace(/\r$/, ''));
    at = end + 1;
    if (text[end] === separator && at < text.length) continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

/** Each row one line, its cells apart by tabs. */
export function csvText(text: string, separator: Separator): FlowText {
  const flow = new FlowWriter();
  for (const row of rowsOf(text, separator)) {
    flow.beginRow();
    for (const cell of row) {
      flow.text(cell);
      flow.cell();
    }
    flow.endRow();
  }
  flow.endTable();
  return flow.done();
}
