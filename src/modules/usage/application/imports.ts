import { actorRef } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { readHistory, type Format, type Period, type ReadHistory, type ReadResult } from '../domain/history.ts';
import { decoded } from '../domain/read-csv.ts';
import { readMatomoCsv, readMatomoJson } from '../domain/matomo.ts';
import { deleteImport, findOverlap, insertImport, insertImported, isKnown, type Overlap } from '../store/imports.ts';
import type { Staff, UsageContext } from './context.ts';
import type { Import } from '../domain/kept.ts';

export interface TypedImport {
  readonly source: string;
  readonly format: Format;
  readonly firstDay: Temporal.PlainDate | undefined;
  readonly lastDay: Temporal.PlainDate | undefined;
  readonly text: string;
}

/** What is no text reads as nothing, and is refused as that. */
export const textOfFile = (bytes: Uint8Array): string => decoded(bytes) ?? '';

/** Longest file: a year of days with some hundred pages each. */
export const MOST_BYTES = 2_000_000;

const READERS: Readonly<Record<Format, (text: string, period: Period) => ReadResult>> = {
  csv: readHistory,
  'matomo-csv': readMatomoCsv,
  'matomo-json': readMatomoJson,
};

/** Reads a file and says what would be taken, or what is wrong and where. Nothing is kept. */
export function previewImport(ctx: Pick<UsageContext, 'clock'>, typed: TypedImport): Result<ReadHistory & { readonly period: Period }, Problem> {
  const period = periodOf(typed, legalDay(ctx.clock()));
  if (!period.ok) return period;
  if (typed.text.trim() === '') return refuse(invalidField('file', 'Wählen Sie eine Datei, oder fügen Sie ihren Inhalt ein.'));
  if (typed.text.length > MOST_BYTES)
    return refuse({ kind: 'too-large', detail: 'Die Datei ist zu groß. Teilen Sie sie nach Monaten; es gehen zwei Megabyte auf einmal.' });
  const read = READERS[typed.format](typed.text, period.value);
  if (read.ok) return ok({ ...read.value, period: period.value });
  const fields = read.mistakes.map(({ line, column, message }) => ({ field: 'file', message: `Zeile ${line}, Spalte ${column}: ${message}` }));
  return refuse(invalidFields(fields));
}

/** Takes a file in, whole or not at all. */
export async function importHistory(
  ctx: Pick<UsageContext, 'clock' | 'database' | 'journal'>,
  actor: Staff,
  typed: TypedImport,
): Promise<Result<Import, Problem>> {
  const read = previewImport(ctx, typed);
  if (!read.ok) return read;
  const { counts, period } = read.value;
  if (counts.length === 0) return refuse(invalidField('file', 'Alle Zahlen sind kleiner als zehn. Solche Zahlen werden nicht aufgenommen.'));
  const now = ctx.clock();
  const entry = {
    id: newId<'import'>(now.epochMilliseconds),
    source: typed.source.trim(),
    format: typed.format,
    firstDay: period.firstDay.toString(),
    lastDay: period.lastDay.toString(),
    enteredAt: now,
  };
  // browsers write line breaks in their own way
  const sha256 = sha256Hex(`${typed.format}\n${entry.firstDay}\n${entry.lastDay}\n${typed.text.replaceAll(/\r\n?/g, '\n')}`);
  return ctx.database.transaction(async (tx) => {
    const overlap = await findOverlap(tx, entry.source, counts);
    if (overlap !== undefined && !(await isKnown(tx, sha256))) return refuse(countedBefore(entry.source, overlap));
    if (!(await insertImport(tx, { ...entry, sha256, enteredBy: actorRef(actor) })))
      return refuse({ kind: 'conflict', detail: 'Diese Datei ist schon aufgenommen. Sie steht in der Liste.' });
    await insertImported(tx, entry.id, counts);
    const { id, source, format, firstDay, lastDay } = entry;
    const payload = { importId: id, source, format, firstDay, lastDay, rows: counts.length, sha256 };
    await ctx.journal.append(tx, actor, now, [{ stream: 'usage:imports', kind: 'usage.history-imported', payload }]);
    return ok({ ...entry, rows: counts.length });
  });
}

/** The same days twice would be added up. */
const countedBefore = (source: string, { firstDay, lastDay, subject }: Overlap): Problem => ({
  kind: 'conflict',
  detail: `Aus „${source}“ sind Zahlen dieser Tage schon da${subject === '' ? '' : `, etwa zu ${subject}`}: in der Datei vom ${firstDay} bis ${lastDay}. Nehmen Sie jene zuerst heraus, oder lassen Sie diese Tage hier weg.`,
});

/** Takes an import out again, whole. */
export async function withdrawImport(ctx: Pick<UsageContext, 'clock' | 'database' | 'journal'>, actor: Staff, id: string): Promise<Result<true, Problem>> {
  return ctx.database.transaction(async (tx) => {
    if (!(await deleteImport(tx, id))) return refuse({ kind: 'not-found', detail: 'Diese Datei ist nicht mehr da. Laden Sie die Seite neu.' });
    await ctx.journal.append(tx, actor, ctx.clock(), [{ stream: 'usage:imports', kind: 'usage.history-withdrawn', payload: { importId: id } }]);
    return ok(true as const);
  });
}

function periodOf({ source, firstDay, lastDay }: TypedImport, today: Temporal.PlainDate): Result<Period, Problem> {
  const found: FieldProblem[] = [];
  if (source.trim().length < 3 || source.length > 200)
    found.push({ field: 'source', message: 'Nennen Sie die Quelle, zum Beispiel: Matomo der Stadt, Seite 3.' });
  if (firstDay === undefined) found.push({ field: 'firstDay', message: 'Geben Sie den ersten Tag an, zum Beispiel 1.10.2026.' });
  if (lastDay === undefined) found.push({ field: 'lastDay', message: 'Geben Sie den letzten Tag an, zum Beispiel 31.10.2026.' });
  if (firstDay === undefined || lastDay === undefined) return refuse(invalidFields(found));
  if (Temporal.PlainDate.compare(lastDay, firstDay) < 0) found.push({ field: 'lastDay', message: 'Der letzte Tag liegt vor dem ersten.' });
  if (Temporal.PlainDate.compare(lastDay, today) > 0) found.push({ field: 'lastDay', message: 'Der letzte Tag liegt in der Zukunft.' });
  return found.length > 0 ? refuse(invalidFields(found)) : ok({ firstDay, lastDay });
}
