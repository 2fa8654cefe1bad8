import type { JobKind } from '../../platform/jobs/port.ts';
import type { LlmContext } from './application/context.ts';
import { FORGET_PERSONS, forgetYesterday } from './application/forget-persons.ts';

/** What runs by the clock. */
export function llmJobs(llm: LlmContext): JobKind<never>[] {
  return [{ name: FORGET_PERSONS, cron: '7 * * * *', handle: async () => void (await forgetYesterday(llm)) }];
}
