import type { JobKind } from '../../platform/jobs/port.ts';
import type { AssistantContext } from './application/context.ts';
import { forget, FORGET } from './application/forget.ts';

/** What runs by the clock. */
export function assistantJobs(ctx: AssistantContext): JobKind<never>[] {
  const forgetting: JobKind<never> = {
    name: FORGET,
    cron: '23 2 * * *',
    handle: async () => {
      const gone = await forget(ctx);
      if (gone > 0) ctx.log.info('assistant.forgotten', { gone });
    },
  };
  return [forgetting];
}
