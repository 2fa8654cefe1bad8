import type { FieldProblem } from '../../../kernel/problem.ts';
import { cleanLine, cleanText } from '../../../kernel/words.ts';
import { CATEGORIES } from '../../../kernel/report.ts';
import { type IncomingReport } from './report.ts';

export const LONGEST = { text: 4000, source: 120, reason: 500, ref: 200 } as const;

/** A phone's clock may go ahead so much. */
const AHEAD_SECONDS = 120;
/** Older than that, it is history and not a report of this Lage. */
const OLDEST_DAYS = 30;

/** What is wrong with a report that a person or a program gives, field by field. */
export function reportProblems(report: Pick<IncomingReport, 'text' | 'sourceName' | 'category' | 'place' | 'eventAt'>, now: Temporal.Instant): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const text = cleanText(report.text);
  if (text === '') problems.push({ field: 'text', message: 'Schreiben Sie, was gemeldet wird.' });
  if (text.length > LONGEST.text) problems.push({ field: 'text', message: `Kürzen Sie den Text auf ${LONGEST.text} Zeichen.` });
  const source = cleanLine(report.sourceName);
  if (source === '' || source.length > LONGEST.source)
    problems.push({ field: 'sourceName', message: `Nennen Sie, von wem die Meldung kommt, mit höchstens ${LONGEST.source} Zeichen.` });
  if (report.category !== undefined && !CATEGORIES.includes(report.category)) problems.push({ field: 'category', message: 'Wählen Sie, worum es geht.' });
  if (report.place !== undefined && !isPlace(report.place))
    problems.push({
      field: 'place',
      message: 'Die Länge liegt zwischen -180 und 180, die Breite zwischen -85 und 85, die Ungenauigkeit zwischen 0 und 100000 Metern.',
    });
  problems.push(...timeProblems(report.eventAt, now));
  return problems;
}

function timeProblems(eventAt: Temporal.Instant, now: Temporal.Instant): FieldProblem[] {
  const seconds = now.until(eventAt).total('seconds');
  if (seconds > AHEAD_SECONDS) return [{ field: 'eventAt', message: 'Diese Zeit liegt in der Zukunft. Prüfen Sie die Uhr.' }];
  if (seconds < -OLDEST_DAYS * 86_400)
    return [{ field: 'eventAt', message: `Diese Zeit liegt mehr als ${OLDEST_DAYS} Tage zurück. Schreiben Sie Älteres ins Tagebuch.` }];
  return [];
}

function isPlace({ lon, lat, uncertaintyMetres = 0 }: NonNullable<IncomingReport['place']>): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && uncertaintyMetres >= 0 && uncertaintyMetres <= 100_000;
}
