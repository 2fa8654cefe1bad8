import { keptDays, type KeptDays } from '../../../kernel/retention.ts';
import { CITY_ZONE, legalDay } from '../../../kernel/time.ts';

/** Appointments and numbers of the queue, after their day. */
export const APPOINTMENT_DAYS = keptDays('guides.appointment-days', 'Termine und Wartenummern der Digitallotsen nach ihrem Tag', { least: 1, most: 90 }, 7);
/** Who was helped with which draft, after the help; the journal keeps the steps without names. */
export const ASSISTANCE_DAYS = keptDays('guides.assistance-days', 'Wem ein Digitallotse bei welchem Entwurf half, nach der Hilfe', { least: 7, most: 365 }, 30);

/** What ended before this instant is deleted now. */
export function deletedBefore(kept: KeptDays, now: Temporal.Instant): Temporal.Instant {
  const today = legalDay(now);
  return today
    .subtract({ days: kept.on(today).days })
    .toZonedDateTime(CITY_ZONE)
    .toInstant();
}

export const guidesParameters = [APPOINTMENT_DAYS, ASSISTANCE_DAYS];
