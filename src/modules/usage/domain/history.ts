import { readCsv, type PlacedCell, type PlacedMistake } from './read-csv.ts';
import { FEWEST } from '../../../kernel/few.ts';
import { cleanLine } from '../../../kernel/words.ts';

/** A figure of another system. Days are included. */
export interface ImportedCount {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly measure: Measure;
  /** Page, source or campaign; empty: of all. */
  readonly subject: string;
  readonly count: number;
}

export type Measure = 'visits' | 'page-views' | 'actions' | 'cases';

export type Format = 'csv' | 'matomo-csv' | 'matomo-json';

/** The days a report speaks of, where its rows do not say so. */
export interface Period {
  readonly firstDay: Temporal.PlainDate;
  readonly lastDay: Temporal.PlainDate;
}

export interface ReadHistory {
  readonly counts: readonly ImportedCount[];
  /** Rows that count fewer than ten: they are not taken. */
  readonly tooFew: number;
}

export type ReadResult = { readonly ok: true; readonly value: ReadHistory } | { readonly ok: false; readonly mistakes: readonly PlacedMistake[] };

export const MOST_ROWS = 50_000;
/** More are not told: they have one cause. */
const MOST_MISTAKES = 20;

/** A number with the place it came from. */
export interface PlacedCount extends ImportedCount, Omit<PlacedMistake, 'message'> {}

/** All or nothing: what is wrong is told with its place, rows of fewer than ten are left out, doubles are refused. */
export function settled(found: readonly PlacedCount[], mistakes: readonly PlacedMistake[], period: Period): ReadResult {
  const wrong = [...mistakes];
  const seen = new Map<string, PlacedCount>();
  for (const one of found) {
    const key = [one.firstDay, one.lastDay, one.measure, one.subject].join('\n');
    const first = seen.get(key);
    const at = { line: one.line, column: one.column };
    if (first !== undefined) wrong.push({ ...at, message: `Dieselbe Zahl steht schon in Zeile ${first.line}. Lassen Sie eine der beiden weg.` });
    if (one.firstDay < period.firstDay.toString() || one.lastDay > period.lastDay.toString())
      wrong.push({
        ...at,
        message: `Der Tag liegt außerhalb des Zeitraums ${period.firstDay.toString()} bis ${period.lastDay.toString()}. Prüfen Sie beides.`,
      });
    seen.set(key, one);
  }
  wrong.push(...overlaps(found));
  if (found.length > MOST_ROWS) wrong.push({ line: MOST_ROWS, column: 1, message: `Es sind mehr als ${MOST_ROWS} Zahlen. Teilen Sie die Datei nach Monaten.` });
  if (found.length === 0 && wrong.length === 0)
    wrong.push({ line: 1, column: 1, message: 'Es steht keine Zahl darin. Prüfen Sie, ob es die richtige Datei ist.' });
  if (wrong.length > 0) return { ok: false, mistakes: wrong.slice(0, MOST_MISTAKES) };
  const counts = found.map(({ firstDay, lastDay, measure, subject, count }) => ({ firstDay, lastDay, measure, subject, count }));
  const enough = counts.filter(({ count }) => count >= FEWEST);
  return { ok: true, value: { counts: enough, tooFew: counts.length - enough.length } };
}

/** Days that two rows of one measure and subject both count. */
function overlaps(found: readonly PlacedCount[]): PlacedMistake[] {
  const wrong: PlacedMistake[] = [];
  const sorted = found.toSorted((a, b) => compare(keyOf(a), keyOf(b)) || compare(a.firstDay, b.firstDay) || a.line - b.line);
  let before: PlacedCount | undefined;
  for (const one of sorted) {
    const same = before !== undefined && keyOf(before) === keyOf(one);
    // the very same days are told as doubles
    if (same && one.firstDay <= before!.lastDay && !(one.firstDay === before!.firstDay && one.lastDay === before!.lastDay))
      wrong.push({ line: one.line, column: one.column, message: `Diese Tage zählt schon Zeile ${before!.line}. Lassen Sie eine der beiden weg.` });
    if (!same || one.lastDay > before!.lastDay) before = one;
  }
  return wrong;
}
const keyOf = ({ measure, subject }: PlacedCount): string => `${measure}\n${subject}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Maps, since a file may say `constructor`. */
const HEADS: ReadonlyMap<string, string> = new Map([
  ['von', 'from'],
  ['from', 'from'],
  ['bis', 'until'],
  ['until', 'until'],
  ['messgröße', 'measure'],
  ['measure', 'measure'],
  ['gegenstand', 'subject'],
  ['subject', 'subject'],
  ['anzahl', 'count'],
  ['count', 'count'],
]);
const NAMED: ReadonlyMap<string, Measure> = new Map([
  ['besuche', 'visits'],
  ['visits', 'visits'],
  ['seitenaufrufe', 'page-views'],
  ['page-views', 'page-views'],
  ['aktionen', 'actions'],
  ['actions', 'actions'],
  ['fälle', 'cases'],
  ['cases', 'cases'],
]);

/** Our own plain form: `von;bis;messgröße;gegenstand;anzahl`, with days as `2026-11-29`; `bis` and `gegenstand` may be absent. */
export function readHistory(text: string, period: Period): ReadResult {
  const rows = readCsv(text);
  if (!Array.isArray(rows)) return { ok: false, mistakes: [rows as PlacedMistake] };
  const [head, ...body] = rows as readonly (readonly PlacedCell[])[];
  const columns = (head ?? []).map((cell) => HEADS.get(cell.text.toLowerCase()));
  const lacking = ['from', 'measure', 'count'].filter((name) => !columns.includes(name));
  if (lacking.length > 0) {
    return {
      ok: false,
      mistakes: [{ line: 1, column: 1, message: 'In der ersten Zeile müssen die Spalten von, messgröße und anzahl stehen; bis und gegenstand sind möglich.' }],
    };
  }
  const [found, mistakes]: [PlacedCount[], PlacedMistake[]] = [[], []];
  for (const row of body) {
    const wide = tooWide(row, columns.length);
    if (wide !== undefined) {
      mistakes.push(wide);
      continue;
    }
    const cell = (name: string): PlacedCell => row[columns.indexOf(name)] ?? { text: '', line: row[0]!.line, column: Math.max(1, columns.indexOf(name) + 1) };
    const say = ({ line, column }: PlacedCell, message: string): void => void mistakes.push({ line, column, message });
    const [from, until] = [cell('from'), cell('until')];
    const [firstDay, lastDay] = [dayOf(from.text), until.text === '' ? dayOf(from.text) : dayOf(until.text)];
    const measure = NAMED.get(cell('measure').text.toLowerCase());
    const count = wholeNumber(cell('count').text);
    if (firstDay === undefined) say(from, `„${short(from.text)}“ ist kein Tag. Schreiben Sie ihn wie 2026-11-29.`);
    if (lastDay === undefined && until.text !== '') say(until, `„${short(until.text)}“ ist kein Tag. Schreiben Sie ihn wie 2026-11-29.`);
    if (firstDay !== undefined && lastDay !== undefined && lastDay < firstDay) say(until, 'Das Ende liegt vor dem Anfang.');
    if (measure === undefined)
      say(cell('measure'), `„${short(cell('measure').text)}“ wird nicht gezählt. Möglich sind Besuche, Seitenaufrufe, Aktionen und Fälle.`);
    if (count === undefined) say(cell('count'), `„${short(cell('count').text)}“ ist keine ganze Zahl.`);
    if (firstDay === undefined || lastDay === undefined || measure === undefined || count === undefined) continue;
    found.push({ firstDay, lastDay, measure, subject: subjectOf(cell('subject').text), count, line: row[0]!.line, column: columns.indexOf('count') + 1 });
  }
  return settled(found, mistakes, period);
}

/** A row with more cells than the head: a mark between the columns stands within a name, and all behind it is shifted. */
export function tooWide(row: readonly PlacedCell[], columns: number): PlacedMistake | undefined {
  const cell = row.slice(columns).find(({ text }) => text !== '');
  return (
    cell && {
      line: cell.line,
      column: cell.column,
      message: `Die Zeile hat mehr als ${columns} Spalten. Setzen Sie Namen mit Trennzeichen in Anführungszeichen.`,
    }
  );
}

/** A whole number, with or without marks between the thousands: everywhere the same mark, else one of them is a decimal sign. */
export function wholeNumber(text: string): number | undefined {
  const plain = /^[1-9]\d{0,2}([.,' \u00a0\u202f])\d{3}(?:\1\d{3})*$/.test(text) ? text.replaceAll(/\D/g, '') : text;
  return /^\d{1,12}$/.test(plain) ? Number(plain) : undefined;
}

export function dayOf(text: string): string | undefined {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const iso = german === null ? text : `${german[3]!}-${german[2]!.padStart(2, '0')}-${german[1]!.padStart(2, '0')}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  try {
    return Temporal.PlainDate.from(iso).toString();
  } catch {
    return undefined;
  }
}

/** A page without what follows the question mark: there stands what people typed. */
export function subjectOf(text: string): string {
  return cleanLine(text.split(/[?#]/)[0]!).slice(0, 200).toWellFormed();
}

export const short = (text: string): string => (text.length > 30 ? `${text.slice(0, 30)}…` : text);
