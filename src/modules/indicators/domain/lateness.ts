import { parameter } from '../../../kernel/parameter.ts';
import { legalDay } from '../../../kernel/time.ts';

/** How long figures from the journal stand for now after it was read to its end. */
export const LATE_AFTER = parameter(
  'indicators.late-after',
  'Wie lange Kennzahlen gelten, nachdem das Journal bis zum Ende gelesen wurde',
  { hours: { label: 'Höchstens', unit: 'Stunden', least: 1, most: 168 } },
  [{ from: '2025-01-01', value: { hours: 24 }, source: 'Eigene Setzung der Stadt' }],
);

/** Whether the journal was read to its end too long ago to call its figures those of now. */
export function isLate(followedAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(followedAt.add({ hours: LATE_AFTER.on(legalDay(now)).hours }), now) < 0;
}
