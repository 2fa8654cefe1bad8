import type { FieldProblem } from '../../../kernel/problem.ts';
import { cleanText } from './clean-text.ts';
import type { LogEntry, NewLogEntry } from './entry.ts';

export const LONGEST_TEXT = 10_000;
const MOST_REFS = 50;
const REF = /^[a-z][a-z-]{0,30}:[A-Za-z0-9._~-]{1,100}$/;

/** Whether a text names something of the Lage: `log:12`, `message:…`, `task:…`, `unit:…`. */
export const isRef = (text: string): boolean => REF.test(text);

/** Numbers of entries that the references name. */
export const numbersIn = (refs: readonly string[]): readonly number[] => refs.flatMap((ref) => (/^log:[1-9]\d{0,8}$/.test(ref) ? [Number(ref.slice(4))] : []));

/** A moment that a report cannot have: clocks of devices are a little off, no more. */
export const liesAhead = (at: Temporal.Instant, now: Temporal.Instant): boolean => Temporal.Instant.compare(at, now.add({ minutes: 2 })) > 0;

/**
 * What is wrong with an entry a person writes.
 * @param known entries with the numbers it names, as far as they exist
 */
export function entryProblems(entry: NewLogEntry, known: ReadonlySet<number>, now: Temporal.Instant): FieldProblem[] {
  const { kind, text, eventAt, refs = [], corrects } = entry;
  const problems: FieldProblem[] = [];
  if (text.trim() === '') problems.push({ field: 'text', message: 'Schreiben Sie, was geschehen ist.' });
  if (text.length > LONGEST_TEXT)
    problems.push({ field: 'text', message: `Kürzen Sie den Eintrag auf ${LONGEST_TEXT.toLocaleString('de')} Zeichen, oder schreiben Sie zwei.` });
  if (eventAt !== undefined && liesAhead(eventAt, now))
    problems.push({ field: 'eventAt', message: 'Diese Zeit liegt in der Zukunft. Prüfen Sie die Uhr Ihres Geräts.' });
  if (refs.length > MOST_REFS) problems.push({ field: 'refs', message: `Nennen Sie höchstens ${MOST_REFS} Bezüge.` });
  const unread = refs.find((ref) => !isRef(ref));
  if (unread !== undefined)
    problems.push({ field: 'refs', message: `„${unread.slice(0, 40)}“ ist kein Bezug. Nennen Sie Nummern von Einträgen, etwa 12, 14.` });
  const missing = numbersIn(refs).find((number) => !known.has(number));
  if (missing !== undefined) problems.push({ field: 'refs', message: `Einen Eintrag ${missing} gibt es nicht. Prüfen Sie die Nummer.` });
  if (kind === 'berichtigung' && corrects === undefined)
    problems.push({ field: 'corrects', message: 'Nennen Sie die Nummer des Eintrags, den Sie berichtigen.' });
  if (kind !== 'berichtigung' && corrects !== undefined)
    problems.push({ field: 'corrects', message: 'Nur eine Berichtigung berichtigt einen Eintrag. Wählen Sie diese Art.' });
  if (corrects !== undefined && !known.has(corrects))
    problems.push({ field: 'corrects', message: `Einen Eintrag ${corrects} gibt es nicht. Prüfen Sie die Nummer.` });
  return problems;
}

/** Whether an entry sent again under its own id says the same: then it is the same. */
export function sameEntry(kept: LogEntry, sent: NewLogEntry, authorId: string): boolean {
  return (
    kept.authorId === authorId &&
    kept.kind === sent.kind &&
    kept.text === cleanText(sent.text) &&
    kept.corrects === (sent.corrects ?? null) &&
    (sent.eventAt === undefined || Temporal.Instant.compare(kept.eventAt, sent.eventAt.round({ smallestUnit: 'microsecond', roundingMode: 'trunc' })) === 0)
  );
}
