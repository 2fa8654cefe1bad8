import { dayOf, settled, short, subjectOf, tooWide, wholeNumber, type Measure, type Period, type PlacedCount, type ReadResult } from './history.ts';
import { readCsv, type PlacedCell, type PlacedMistake } from './read-csv.ts';

/** Columns of Matomo's reports that are taken, by their name in the API and as its tables call them. Visitors are not. */
const COUNTED: ReadonlyMap<string, Measure> = new Map([
  ['nb_visits', 'visits'],
  ['visits', 'visits'],
  ['besuche', 'visits'],
  ['nb_hits', 'page-views'],
  ['pageviews', 'page-views'],
  ['seitenansichten', 'page-views'],
  ['nb_actions', 'actions'],
  ['actions', 'actions'],
  ['aktionen', 'actions'],
]);
const DATES = ['date', 'datum'];
const LABELS = ['label', 'bezeichnung', 'url', 'seiten-url', 'page url', 'referrer', 'kampagne', 'campaign'];

/** A report exported as a table: visits by day, pages, referrers, campaigns. Rows without a day are of the whole period. */
export function readMatomoCsv(text: string, period: Period): ReadResult {
  const rows = readCsv(text);
  if (!Array.isArray(rows)) return { ok: false, mistakes: [rows as PlacedMistake] };
  const [head = [], ...body] = rows as readonly (readonly PlacedCell[])[];
  const names = head.map(({ text: name }) => name.toLowerCase());
  const [date, label] = [names.findIndex((name) => DATES.includes(name)), names.findIndex((name) => LABELS.includes(name))];
  const counted = names.flatMap((name, index) => {
    const measure = COUNTED.get(name);
    return measure === undefined ? [] : [{ index, measure }];
  });
  if (counted.length === 0 || (date < 0 && label < 0)) {
    return {
      ok: false,
      mistakes: [
        {
          line: 1,
          column: 1,
          message: 'Das ist keine Tabelle aus Matomo: Es fehlt eine Spalte mit Tag oder Bezeichnung (date, label) oder eine mit Besuchen (nb_visits).',
        },
      ],
    };
  }
  const [found, mistakes]: [PlacedCount[], PlacedMistake[]] = [[], []];
  for (const row of body) {
    const wide = tooWide(row, head.length);
    if (wide !== undefined) {
      mistakes.push(wide);
      continue;
    }
    const days = daysOf(row[date], period, date >= 0);
    if (days === undefined) {
      const { line, column, text: typed } = row[date] ?? { line: row[0]!.line, column: date + 1, text: '' };
      mistakes.push({ line, column, message: `„${short(typed)}“ ist kein Tag. Exportieren Sie den Bericht nach Tagen oder ohne Spalte mit dem Datum.` });
      continue;
    }
    for (const { index, measure } of counted) {
      const cell = row[index] ?? { line: row[0]!.line, column: index + 1 };
      // an empty cell is none; a cell that is not there is a row that was cut off
      const count = 'text' in cell ? (cell.text === '' ? 0 : wholeNumber(cell.text)) : undefined;
      const place = { line: cell.line, column: cell.column };
      if (count === undefined)
        mistakes.push({
          ...place,
          message: 'text' in cell ? `„${short(cell.text)}“ ist keine ganze Zahl.` : 'Die Zeile ist zu kurz. Exportieren Sie den Bericht noch einmal.',
        });
      else found.push({ ...days, measure, subject: subjectOf(row[label]?.text ?? ''), count, ...place });
    }
  }
  return settled(found, mistakes, period);
}

function daysOf(cell: PlacedCell | undefined, { firstDay, lastDay }: Period, dated: boolean): { firstDay: string; lastDay: string } | undefined {
  if (!dated) return { firstDay: firstDay.toString(), lastDay: lastDay.toString() };
  const day = dayOf(cell?.text ?? '');
  return day === undefined ? undefined : { firstDay: day, lastDay: day };
}

/**
 * JSON of the reporting API: `API.get` or `VisitsSummary.get` (an object of numbers, or one for each day), `Actions.getPageUrls` and
 * the referrers' reports (a list of rows with `label`, or one for each day). A day without anything is an empty list.
 */
export function readMatomoJson(text: string, period: Period): ReadResult {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return {
      ok: false,
      mistakes: [{ ...placeIn(text, String(error)), message: 'Das ist kein JSON. Speichern Sie die Antwort der Schnittstelle unverändert.' }],
    };
  }
  if (isRecord(parsed) && parsed['result'] === 'error') {
    return { ok: false, mistakes: [{ line: 1, column: 1, message: `Matomo hat mit einem Fehler geantwortet: ${short(wordsIn(parsed['message']))}` }] };
  }
  const whole = { firstDay: period.firstDay.toString(), lastDay: period.lastDay.toString() };
  const [found, mistakes]: [PlacedCount[], PlacedMistake[]] = [[], []];
  const read = (report: unknown, days: { firstDay: string; lastDay: string }): void => {
    for (const row of Array.isArray(report) ? (report as unknown[]) : [report]) readRow(row, days, found, mistakes);
  };
  if (isRecord(parsed) && Object.keys(parsed).some((key) => dayOf(key) !== undefined)) {
    for (const [key, report] of Object.entries(parsed)) {
      const day = dayOf(key);
      if (day === undefined) mistakes.push({ line: found.length + 1, column: 1, message: `„${short(key)}“ ist kein Tag. Fragen Sie mit period=day.` });
      else read(report, { firstDay: day, lastDay: day });
    }
  } else read(parsed, whole);
  return settled(found, mistakes, period);
}

/** Rows of JSON are counted as lines: where they stand in the text, nobody can count. */
function readRow(row: unknown, days: { firstDay: string; lastDay: string }, found: PlacedCount[], mistakes: PlacedMistake[]): void {
  const line = found.length + mistakes.length + 1;
  if (!isRecord(row)) return void mistakes.push({ line, column: 1, message: 'Hier steht keine Zeile eines Berichts.' });
  const subject = subjectOf(wordsIn(row['label']));
  let column = 0;
  let any = false;
  for (const [name, value] of Object.entries(row)) {
    column += 1;
    const measure = name.startsWith('nb_') ? COUNTED.get(name) : undefined;
    if (measure === undefined) continue;
    any = true;
    const count = typeof value === 'number' ? wholeNumber(String(value)) : wholeNumber(wordsIn(value));
    if (count === undefined) mistakes.push({ line, column, message: `${name} ist keine ganze Zahl: „${short(wordsIn(value))}“.` });
    else found.push({ ...days, measure, subject, count, line, column });
  }
  if (!any) mistakes.push({ line, column: 1, message: 'Die Zeile hat weder nb_visits noch nb_hits noch nb_actions. Es ist ein anderer Bericht.' });
}

const wordsIn = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Line and column of a place that the parser names by its distance from the start. */
function placeIn(text: string, error: string): { line: number; column: number } {
  const at = Number(/position (\d+)/.exec(error)?.[1] ?? 0);
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
