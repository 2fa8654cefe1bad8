import { CITY_ZONE } from '../../../kernel/time.ts';
import type { Mapping } from './connector.ts';
import { isInstant } from './input-fields.ts';
import type { Json } from './observation.ts';

/** What a row says, before its datastream is known. */
export interface ReadRow {
  readonly stream?: number;
  readonly key?: string;
  readonly time: string;
  readonly result: number | string;
}

/** Clocks run ahead by minutes, not by days: what is dated later is a mistake in reading. */
const MOST_AHEAD_MS = 24 * 3_600_000;
const MOST_TEXT = 1000;

/** Part of a value; `undefined` where there is none. */
export function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path === '' ? [] : path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

/** Rows of a parsed answer: the list at the path, or the one object there. @returns a German reason when there is neither */
export function rowsAt(answer: unknown, path: string): readonly unknown[] | string {
  const found = at(answer, path);
  if (Array.isArray(found)) return found;
  if (typeof found === 'object' && found !== null) return [found];
  return path === '' ? 'Die Antwort ist weder eine Liste noch ein Objekt.' : `Unter „${path}“ steht in der Antwort keine Liste.`;
}

/** @param topic levels of the MQTT topic, reached as `$topic.0` */
export function readRow(row: unknown, mapping: Mapping, now: Temporal.Instant, topic: readonly string[] = []): ReadRow | { readonly reason: string } {
  const value = (path: string): unknown => (path.startsWith('$topic.') ? topic[Number(path.slice(7))] : at(row, path));
  const result = readResult(value(mapping.result), mapping);
  if (result === undefined) return { reason: `In „${mapping.result}“ steht ${mapping.as === 'number' ? 'keine Zahl' : 'kein Text'}.` };
  const time = mapping.time === undefined ? now.toString({ smallestUnit: 'millisecond' }) : readTime(value(mapping.time), mapping.timeFormat);
  if (time === undefined) return { reason: `In „${mapping.time ?? ''}“ steht keine Zeit, wie sie erwartet wird (${mapping.timeFormat}).` };
  if (Temporal.Instant.from(time).epochMilliseconds > now.epochMilliseconds + MOST_AHEAD_MS)
    return { reason: 'Die Zeit liegt mehr als einen Tag in der Zukunft.' };
  if (mapping.stream !== undefined) return { stream: mapping.stream, time, result };
  const key = value(mapping.key ?? '');
  const text = typeof key === 'string' || typeof key === 'number' ? String(key).trim() : '';
  return text === '' || text.length > 500 ? { reason: `In „${mapping.key ?? ''}“ steht keine Kennung.` } : { key: text, time, result };
}

function readResult(value: unknown, { as, factor, offset }: Mapping): number | string | undefined {
  if (as === 'text') {
    const text = typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
    return text === undefined || text.length > MOST_TEXT || /[\0\ud800-\udfff]/.test(text) ? undefined : text;
  }
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\s*[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d{1,3})?\s*$/.test(value)
        ? Number(value.replace(',', '.'))
        : Number.NaN;
  const converted = number * factor + offset;
  // what conversion leaves behind in the last digits is no measurement
  return Number.isFinite(converted) ? Number(converted.toPrecision(14)) : undefined;
}

function readTime(value: unknown, format: Mapping['timeFormat']): string | undefined {
  if (format === 'iso') return typeof value === 'string' && isInstant(value.trim()) ? value.trim() : undefined;
  if (format === 'local') return typeof value === 'string' ? localTime(value.trim()) : undefined;
  const count = typeof value === 'number' ? value : typeof value === 'string' && /^-?\d{1,15}(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  const ms = Math.round(format === 'seconds' ? count * 1000 : count);
  if (!Number.isSafeInteger(ms)) return undefined;
  return withinYears(() => Temporal.Instant.fromEpochMilliseconds(ms));
}

/** The city's clock: `28.11.2026 14:05` or `2026-11-28 14:05:00`. */
function localTime(text: string): string | undefined {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})[ T,]+(\d{1,2}):(\d\d)(?::(\d\d))?(?: Uhr)?$/.exec(text);
  const iso = /^(\d{4})-(\d\d)-(\d\d)[ T](\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?$/.exec(text);
  const parts = german === null ? iso?.slice(1) : [german[3], german[2], german[1], german[4], german[5], german[6]];
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  return withinYears(() =>
    Temporal.PlainDateTime.from({ year, month, day, hour, minute, second }, { overflow: 'reject' }).toZonedDateTime(CITY_ZONE).toInstant(),
  );
}

function withinYears(read: () => Temporal.Instant): string | undefined {
  try {
    const text = read().toString({ smallestUnit: 'millisecond' });
    return isInstant(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

const MOST_ROWS = 100_000;
/** Each row has all of them. */
const MOST_COLUMNS = 1_000;

/** Rows of a CSV by its header (RFC 4180; comma, semicolon or tab). @returns a German reason for what is none */
export function csvRows(text: string): readonly Readonly<Record<string, Json>>[] | string {
  const source = text.replace(/^\uFEFF/, '');
  const head = source.slice(0, source.search(/[\r\n]|$/));
  const delimiter = [';', '\t', ','].find((sign) => head.includes(sign)) ?? ',';
  const records: string[][] = [[]];
  let field = '';
  let quoted = false;
  const endField = (): void => {
    records.at(-1)!.push(field);
    field = '';
  };
  for (let index = 0; index < source.length; index += 1) {
    const sign = source[index]!;
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (source[index + 1] === '"') field += source[(index += 1)]!;
      else quoted = false;
    } else if (sign === '"' && field === '') quoted = true;
    else if (sign === delimiter) endField();
    else if (sign === '\n') {
      endField();
      if (records.length > MOST_ROWS) return `Die Antwort hat mehr als ${MOST_ROWS.toLocaleString('de-DE')} Zeilen.`;
      records.push([]);
    } else if (sign !== '\r') field += sign;
  }
  endField();
  const [names = [], ...rows] = records.filter((record) => record.some((one) => one !== ''));
  if (names.length === 0) return 'Die Antwort ist leer.';
  if (names.length > MOST_COLUMNS) return `Die Antwort hat mehr als ${MOST_COLUMNS.toLocaleString('de-DE')} Spalten.`;
  return rows.map((record) => Object.fromEntries(names.map((name, index) => [name.trim(), record[index] ?? ''])));
}
