import { legalDay } from '../../../kernel/time.ts';
import { forgetPersons } from '../store/usage.ts';
import type { LlmContext } from './context.ts';

export const FORGET_PERSONS = 'llm.forget-persons';

/** Whoever was counted on a day is forgotten when it is over. */
export function forgetYesterday({ database, clock }: Pick<LlmContext, 'database' | 'clock'>): Promise<number> {
  return database.write((tx) => forgetPersons(tx, legalDay(clock())));
}
