import { keptDays, lastDayKept } from '../../../kernel/retention.ts';

/**
 * How long after its end the raw movements of a Lage are kept: every single position of who helped, and what was given
 * to other servers. Picture, log and journal stay. No statute gives a number (Art. 5 Abs. 1 Buchst. e DSGVO: no longer
 * than needed); the city sets it.
 */
export const RETENTION = keptDays('situation.kept-days', 'Rohe Bewegungen einer Lage nach ihrem Ende', { least: 30, most: 1095 }, 365);

/** Whether they may go, by the row in force on the day the Lage ended. @param today, closedOn legal days */
export function isForgettable(closedOn: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(lastDayKept(RETENTION, closedOn), today) < 0;
}

export const situationParameters = [RETENTION];
