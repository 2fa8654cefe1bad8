import { refuse, ok, type Result } from '../../../kernel/result.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import type { Aggregate, ImportedValue, Source } from './source.ts';

type Read = Result<readonly ImportedValue[], Problem>;
const unreadable = (detail: string): { readonly ok: false; readonly problem: Problem } => refuse({ kind: 'unavailable', detail });

/** More figures than this are no history of a city. */
const MOST_VALUES = 5000;

/** What the answer of a source says. @param today the day of a figure that names none */
export function readAnswer(source: Source, text: string, today: Temporal.PlainDate): Read {
  if (source.kind === 'csv') return readCsv(source, text, today);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unreadable('Die Quelle hat kein JSON geantwortet. Prüfen Sie die Adresse im Browser.');
  }
  return source.kind === 'sparql' ? readSparql(source, json, today) : readJson(source, json, today);
}

/**
 * A number as people write it, with or without a percent sign: `12,5`, `1.234,5`, `1,234.5`.
 * @param german one point before three digits groups thousands, as in `641.528`; else one comma does
 */
export function readNumber(text: string, german = false): number | undefined {
  const bare = text.replace(/[\s\u00a0\u202f']/g, '');
  const percent = bare.endsWith('%');
  const digits = percent ? bare.slice(0, -1) : bare;
  if (!/^[-+]?(\d[\d.,]*|[.,]\d+)(e[-+]?\d+)?$/i.test(digits)) return undefined;
  const decimal = decimalSign(digits, german);
  const value = Number(
    decimal === ',' ? digits.replaceAll('.', '').replace(',', '.') : decimal === '.' ? digits.replaceAll(',', '') : digits.replace(/[.,]/g, ''),
  );
  return Number.isFinite(value) ? (percent ? value / 100 : value) : undefined;
}

/** Which sign stands before the fraction; none: all that stand group thousands. */
function decimalSign(digits: string, german: boolean): ',' | '.' | undefined {
  const [comma, dot] = [digits.lastIndexOf(','), digits.lastIndexOf('.')];
  if (comma >= 0 && dot >= 0) return comma > dot ? ',' : '.';
  const sign = comma >= 0 ? ',' : '.';
  const groups = digits.split(sign).length - 1;
  const grouped = groups > 1 || (sign === (german ? '.' : ',') && /^[-+]?\d{1,3}[.,]\d{3}$/.test(digits));
  return grouped ? undefined : sign;
}

/** As ISO 8601 writes it, with or without a time and a zone. */
const ISO = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * `2026-11-29`, `2026-11-29T10:00:00Z`, `29.11.2026`, `2026-11` (its last day), `2026` (its last day).
 * Only days that there are, of this century and the last: other years are a slip, and no database takes them all.
 */
export function readDay(text: string): string | undefined {
  try {
    const day = dayIn(text.trim());
    return day !== undefined && /^(19|20)\d{2}-\d{2}-\d{2}$/.test(day) ? day : undefined;
  } catch {
    return undefined;
  }
}

/** @throws where there is no such day */
function dayIn(typed: string): string | undefined {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(typed);
  if (german !== null)
    return Temporal.PlainDate.from({ year: Number(german[3]), month: Number(german[2]), day: Number(german[1]) }, { overflow: 'reject' }).toString();
  const short = /^(\d{4})(?:-(\d{2}))?$/.exec(typed);
  if (short !== null) {
    const month = Temporal.PlainYearMonth.from({ year: Number(short[1]), month: Number(short[2] ?? 12) }, { overflow: 'reject' });
    return month.toPlainDate({ day: month.daysInMonth }).toString();
  }
  const iso = ISO.exec(typed);
  if (iso === null) return undefined;
  // a day with a zone but without a time (xsd:date) is that day wherever it is
  const isInstant = typed.includes('T') && iso[2] !== undefined;
  return isInstant ? Temporal.Instant.from(typed).toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString() : Temporal.PlainDate.from(iso[1]!).toString();
}

/** Pairs as the source wrote them; the first that cannot be read is named. */
function valuesOf(
  pairs: readonly { readonly value: string; readonly day: string | undefined; readonly where: string }[],
  today: Temporal.PlainDate,
  german = false,
): Read {
  if (pairs.length > MOST_VALUES) return unreadable(`Die Quelle nennt ${pairs.length} Werte; hier gehen höchstens ${MOST_VALUES}. Grenzen Sie die Frage ein.`);
  const byDay = new Map<string, number>();
  for (const { value: typed, day: typedDay, where } of pairs) {
    const value = readNumber(typed, german);
    if (value === undefined) return unreadable(`„${typed.slice(0, 60)}“ (${where}) ist keine Zahl. Prüfen Sie, wo der Wert steht.`);
    const day = typedDay === undefined ? today.toString() : readDay(typedDay);
    if (day === undefined) return unreadable(`„${typedDay!.slice(0, 60)}“ (${where}) ist kein Tag. Prüfen Sie, wo der Tag steht.`);
    if (day > today.add({ months: 1 }).toString())
      return unreadable(`„${typedDay!.slice(0, 60)}“ (${where}) liegt nach dem ${formatGermanDate(today)}. Ein Wert der Zukunft ist keiner.`);
    byDay.set(day, value);
  }
  if (byDay.size === 0) return unreadable('Die Quelle nennt keinen Wert. Prüfen Sie die Adresse und die Frage.');
  return ok([...byDay].map(([day, value]) => ({ day, value })).toSorted((a, b) => (a.day < b.day ? -1 : 1)));
}

function readCsv(source: Source, text: string, today: Temporal.PlainDate): Read {
  const [head, ...rows] = csvRows(text);
  const columns = (head ?? []).map((name) => name.trim());
  const [value, day] = [columns.indexOf(source.value), source.day === '' ? undefined : columns.indexOf(source.day)];
  const missing = value < 0 ? source.value : day !== undefined && day < 0 ? source.day : undefined;
  if (missing !== undefined) return unreadable(`Die Spalte „${missing}“ gibt es nicht. Die Datei hat: ${columns.slice(0, 12).join(', ')}.`);
  const pairs = rows.flatMap((row, index) =>
    (row[value] ?? '').trim() === '' ? [] : [{ value: row[value]!, day: day === undefined ? undefined : (row[day] ?? ''), where: `Zeile ${index + 2}` }],
  );
  // semicolons are how a German office separates, because its commas are taken
  return valuesOf(day === undefined ? pairs.slice(-1) : pairs, today, separatorOf(text) === ';');
}

const separatorOf = (text: string): string => {
  const first = text.slice(0, text.search(/\r?\n|$/));
  return [';', ',', '\t'].reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best));
};

/** Rows of a CSV (RFC 4180); the separator is what the first line has most of. */
export function csvRows(text: string): string[][] {
  const body = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(body);
  const rows: string[][] = [[]];
  let [cell, quoted] = ['', false];
  const endCell = (): void => {
    rows.at(-1)!.push(cell);
    cell = '';
  };
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at]!;
    if (quoted && sign === '"' && body[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (quoted) {
      if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator) endCell();
    else if (sign === '\n') {
      endCell();
      rows.push([]);
    } else if (sign !== '\r') cell += sign;
  }
  endCell();
  return rows.filter((row) => row.some((one) => one.trim() !== ''));
}

/** The value at a JSON pointer (RFC 6901); `undefined`: there is none. */
export function atPointer(json: unknown, pointer: string): unknown {
  if (pointer === '') return json;
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, part) => {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
      return (at as Record<string, unknown>)[part];
    }, json);
}

const plain = (value: unknown): string | undefined => (typeof value === 'number' || typeof value === 'string' ? String(value) : undefined);

function readJson(source: Source, json: unknown, today: Temporal.PlainDate): Read {
  const value = plain(atPointer(json, source.value));
  if (value === undefined) return unreadable(`An „${source.value}“ steht in der Antwort keine Zahl. Prüfen Sie den Zeiger.`);
  const day = source.day === '' ? undefined : plain(atPointer(json, source.day));
  if (source.day !== '' && day === undefined) return unreadable(`An „${source.day}“ steht in der Antwort kein Tag. Prüfen Sie den Zeiger.`);
  return valuesOf([{ value, day, where: source.value }], today);
}

/** SPARQL 1.1 Query Results JSON Format, 3.2: `results.bindings`, each a row of variables with `type` and `value`. */
function readSparql(source: Source, json: unknown, today: Temporal.PlainDate): Read {
  const bindings = atPointer(json, '/results/bindings');
  if (!Array.isArray(bindings)) return unreadable('Die Antwort ist kein Ergebnis von SPARQL (results.bindings fehlt). Stellen Sie eine SELECT-Frage.');
  const [value, day] = [source.value.replace(/^\?/, ''), source.day.replace(/^\?/, '')];
  // a variable that is not bound in a row is no value of it
  const pairs = bindings.flatMap((row: unknown, index) => {
    const bound = plain(atPointer(row, `/${value}/value`));
    return bound === undefined
      ? []
      : [{ value: bound, day: day === '' ? undefined : (plain(atPointer(row, `/${day}/value`)) ?? ''), where: `Zeile ${index + 1}` }];
  });
  if (pairs.length === 0) return unreadable(`Die Antwort bindet ?${value} nirgends. Prüfen Sie den Namen der Variablen.`);
  return valuesOf(day === '' ? pairs.slice(-1) : pairs, today);
}

/** One page of observations (SensorThings 1.1), with where the next one is. */
export function readObservations(text: string): Result<{ readonly results: readonly number[]; readonly next: string | undefined }, Problem> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const rows = atPointer(json, '/value');
  if (!Array.isArray(rows)) return unreadable('Die Antwort ist keine Liste von SensorThings („value“ fehlt). Nehmen Sie die Adresse eines Datastream.');
  const results = rows.map((row: unknown) => atPointer(row, '/result'));
  const odd = results.find((one) => typeof one !== 'number');
  if (odd !== undefined) return unreadable(`Ein Messwert ist keine Zahl: ${JSON.stringify(odd).slice(0, 60)}. Nehmen Sie einen anderen Datenstrom.`);
  const next = atPointer(json, '/@iot.nextLink');
  return ok({ results: results as number[], next: typeof next === 'string' ? next : undefined });
}

/** The day of the last observation on a page that can be read; of one over a time that of its end. */
export function observedDay(text: string): string | undefined {
  const rows = atPointer(JSON.parse(text), '/value');
  const time = Array.isArray(rows) ? atPointer(rows.at(-1), '/phenomenonTime') : undefined;
  return typeof time === 'string' ? readDay(time.split('/').at(-1)!) : undefined;
}

/** @param results oldest first; `undefined`: nothing was measured */
export function aggregated(results: readonly number[], by: Aggregate): number | undefined {
  if (by === 'count') return results.length;
  if (results.length === 0) return undefined;
  const sum = results.reduce((all, one) => all + one, 0);
  switch (by) {
    case 'sum':
      return sum;
    case 'mean':
      return sum / results.length;
    case 'min':
      return results.reduce((a, b) => Math.min(a, b));
    case 'max':
      return results.reduce((a, b) => Math.max(a, b));
    case 'last':
      return results.at(-1);
  }
}
