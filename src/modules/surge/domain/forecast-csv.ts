import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';

/** A forecast as a file says it, before heights are brought to NHN. */
export interface ForecastRows {
  readonly issuer: string;
  readonly issuedAt: Temporal.Instant;
  readonly peaks: readonly { readonly kind: 'HW' | 'NW'; readonly at: Temporal.Instant; readonly metres: number; readonly plusMinus: number }[];
  readonly curve: readonly { readonly at: Temporal.Instant; readonly metres: number }[];
}

const COLUMNS = ['issuer', 'issuedat', 'kind', 'at', 'metres', 'plusminus'] as const;
const EXAMPLE = 'issuer;issuedAt;kind;at;metres;plusMinus';

/**
 * Reads `issuer;issuedAt;kind;at;metres;plusMinus`, one row a peak (`HW`, `NW`) or a point of the curve (`K`), times as RFC 3339.
 * Comma as separator and, between semicolons, as decimal sign are understood. Issuer and time of issue may stand in the first row alone.
 */
export function readForecastCsv(text: string): Result<ForecastRows, Problem<'invalid-input'>> {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const separator = lines[0]?.includes(';') === true ? ';' : ',';
  const names = (lines[0] ?? '').split(separator).map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.slice(0, 5).filter((column) => !names.includes(column));
  if (missing.length > 0) return refuse(invalidField('csv', `Die erste Zeile muss die Spalten nennen: ${EXAMPLE}. Es fehlt: ${missing.join(', ')}.`));
  if (lines.length > 2100) return refuse(invalidField('csv', 'Die Datei hat mehr als 2.100 Zeilen. Kürzen Sie die Vorhersage.'));
  const first = cellsOf(lines[1] ?? '', separator, names);
  const issuedAt = instantOf(first['issuedat'] ?? '');
  if (issuedAt === undefined) return refuse(invalidField('csv', 'Zeile 2: issuedAt ist keine Zeit. Schreiben Sie sie so: 2026-11-28T14:00:00+01:00.'));
  const peaks: ForecastRows['peaks'][number][] = [];
  const curve: ForecastRows['curve'][number][] = [];
  for (const [index, line] of lines.slice(1).entries()) {
    const cells = cellsOf(line, separator, names);
    const wrong = (what: string) => refuse(invalidField('csv', `Zeile ${index + 2}: ${what}`));
    const at = instantOf(cells['at'] ?? '');
    const metres = numberOf(cells['metres'] ?? '');
    if (at === undefined) return wrong('at ist keine Zeit. Schreiben Sie sie so: 2026-11-28T14:00:00+01:00.');
    if (metres === undefined) return wrong('metres ist keine Zahl.');
    const kind = (cells['kind'] ?? '').toUpperCase();
    if (kind === 'K') curve.push({ at, metres });
    else if (kind === 'HW' || kind === 'NW') peaks.push({ kind, at, metres, plusMinus: numberOf(cells['plusminus'] ?? '') ?? 0 });
    else return wrong('kind ist HW, NW oder K.');
  }
  return ok({ issuer: first['issuer'] ?? '', issuedAt, peaks, curve });
}

const cellsOf = (line: string, separator: string, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(line.split(separator).map((cell, index) => [names[index] ?? `column${index}`, cell.trim().replace(/^"(.*)"$/, '$1')]));

/** A number as files write it, with point or comma; `undefined` for what is none. */
export const numberOf = (text: string): number | undefined => (/^-?\d{1,4}([.,]\d{1,6})?$/.test(text) ? Number(text.replace(',', '.')) : undefined);

function instantOf(text: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}
