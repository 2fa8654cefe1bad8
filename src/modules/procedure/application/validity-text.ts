import { formatGermanDate } from '../../../kernel/time.ts';
import type { Validity } from '../../catalogue/public.ts';
import type { Decision } from '../domain/case.ts';
import { termOn } from '../domain/validity.ts';

const UNITS = { days: ['Tag', 'Tage'], months: ['Monat', 'Monate'], years: ['Jahr', 'Jahre'] } as const;

/** How long a decision holds, as a German sentence part: `bis 31.12.2027`, `2 Jahre ab der Bekanntgabe`. */
export function validityText({ validity, decidedOn }: Pick<Decision, 'validity' | 'decidedOn'>, rule: Validity): string | undefined {
  if (validity?.until !== undefined) return `bis ${formatGermanDate(Temporal.PlainDate.from(validity.until))}`;
  const term = validity?.from === 'announcement' ? termOn(rule, decidedOn) : undefined;
  return term && `${term.length} ${UNITS[term.unit][term.length === 1 ? 0 : 1]} ab der Bekanntgabe`;
}
