import { newId } from '../../../kernel/id.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { cleanText } from '../domain/clean-text.ts';
import { microseconds, wordsHash, type LogEntry, type NewLogEntry } from '../domain/entry.ts';
import { insertEntry, nextNumber } from '../store/entries.ts';

/** Journal kind of an entry of the log. */
export const LOG_WRITTEN = 'logbook.entry-written';

/** The Lage and the person, as the log needs them (`LageView` of situation). */
export interface LogPlace {
  readonly lage: { readonly id: string };
  readonly member: { readonly id: string; readonly name: string; readonly organisation: string; readonly function: string };
}

/**
 * Writes an entry into the Einsatztagebuch of a Lage. Call it before anything is appended to the journal.
 * @returns its number and the journal's entry, to be appended last with the caller's own
 */
export async function writeLogEntry(
  tx: Tx,
  { lage, member }: LogPlace,
  { id, kind, text, eventAt, refs = [], corrects }: NewLogEntry,
  now: Temporal.Instant,
): Promise<{ readonly id: string; readonly number: number; readonly journal: NewEntry }> {
  const entry = {
    id: id ?? newId(now.epochMilliseconds),
    number: await nextNumber(tx, lage.id),
    kind,
    text: cleanText(text),
    eventAt: microseconds(eventAt ?? now),
    writtenAt: microseconds(now),
    authorId: member.id,
    author: member.name,
    organisation: member.organisation,
    function: member.function,
    refs,
    corrects: corrects ?? null,
  } satisfies Omit<LogEntry, 'sha256'>;
  const sha256 = wordsHash(entry);
  await insertEntry(tx, lage.id, { ...entry, sha256 });
  const payload = { number: entry.number, entryId: entry.id, entryKind: kind, sha256, corrects: entry.corrects };
  return { id: entry.id, number: entry.number, journal: { stream: `lage:${lage.id}`, kind: LOG_WRITTEN, payload } };
}
