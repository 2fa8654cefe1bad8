import { daysInForce, type DatedDays } from '../../../kernel/retention.ts';
import { legalDay } from '../../../kernel/time.ts';

const SOURCE = 'Festlegung der Stadt zu Art. 5 Abs. 1 Buchst. e DSGVO; Zahl nicht geprüft';

/** Appointments and numbers of the queue, after their day. */
export const APPOINTMENT_DAYS: readonly DatedDays[] = [{ from: '2026-01-01', days: 7, source: SOURCE }];
/** Who was helped with which draft, after the help; the journal keeps the steps without names. */
export const ASSISTANCE_DAYS: readonly DatedDays[] = [{ from: '2026-01-01', days: 30, source: SOURCE }];

/** What ended before this instant is deleted now. */
export function deletedBefore(rows: readonly DatedDays[], now: Temporal.Instant): Temporal.Instant {
  const today = legalDay(now);
  return today
    .subtract({ days: daysInForce(rows, today) })
    .toZonedDateTime('Europe/Berlin')
    .toInstant();
}
