import type { JobKind } from '../../platform/jobs/port.ts';
import type { IndicatorsContext } from './application/context.ts';
import type { Desk } from './application/desk.ts';
import { fetchDue } from './application/fetch-sources.ts';
import { follow } from './application/follow.ts';
import { takeSnapshot } from './application/take-snapshot.ts';

/** One run of following is over before the next one is due. */
const FOLLOW_MS = 45_000;

export function indicatorsJobs(ctx: IndicatorsContext, desk: Desk): JobKind<never>[] {
  return [
    {
      name: 'indicators.follow',
      cron: '* * * * *',
      async handle() {
        const { entries, more } = await follow(ctx, { milliseconds: FOLLOW_MS });
        if (more) ctx.log.info('indicators.catching-up', { entries });
      },
    },
    {
      name: 'indicators.snapshot',
      cron: '20 4 * * *',
      async handle() {
        await takeSnapshot(ctx, desk);
      },
    },
    {
      name: 'indicators.fetch',
      cron: '17 * * * *',
      async handle() {
        const { fetched, failed } = await fetchDue(ctx);
        if (fetched + failed > 0) ctx.log.info('indicators.fetched', { fetched, failed });
      },
    },
  ];
}
