import type { JobKind } from '../../platform/jobs/port.ts';
import { forgetOldWords } from './application/words.ts';
import type { UsageContext } from './application/context.ts';

/** What runs by the clock. Counting itself is no job: every process writes what it has in its own memory. */
export function usageJobs(ctx: UsageContext): JobKind<never>[] {
  return [{ name: 'usage.forget-words', cron: '41 3 * * *', handle: async () => void (await forgetOldWords(ctx)) }];
}
