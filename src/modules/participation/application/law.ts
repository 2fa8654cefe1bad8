import { expectOk } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { berechneFristende } from '../../procedure/public.ts';
import type { Circumstances } from '../domain/decide.ts';
import type { Fristende } from '../domain/period.ts';

/** Legal time is counted in one place: procedure's. */
export const fristende: Fristende = (from, { length, unit }) => {
  const { date, steps } = expectOk(berechneFristende({ from, [unit]: String(length) }));
  return { date, steps };
};

/** What a decision looks at: the legal day and the law of counting. */
export const circumstances = (now: Temporal.Instant): Circumstances => ({ today: legalDay(now).toString(), fristende });
