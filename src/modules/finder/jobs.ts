import type { JobKind } from '../../platform/jobs/port.ts';
import type { FinderContext } from './application/context.ts';
import { FORGET, forgetQuestions } from './application/forget.ts';

/** What runs by the clock. */
export function finderJobs(ctx: FinderContext): JobKind<never>[] {
  const forget: JobKind<never> = {
    name: FORGET,
    cron: '53 2 * * *',
    handle: async () => {
      const questions = await forgetQuestions(ctx);
      if (questions > 0) ctx.log.info('finder.forgotten', { questions });
    },
  };
  return [forget];
}
