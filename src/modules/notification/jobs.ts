import type { JobKind } from '../../platform/jobs/port.ts';
import { DELIVER, type NotificationContext } from './application/context.ts';
import { deliverNotice } from './application/deliver-notice.ts';
import { remind } from './application/remind.ts';

/** What leaves through the outbox or runs by the clock. */
export function notificationJobs(ctx: NotificationContext, notify: Parameters<typeof remind>[1]): readonly JobKind<never>[] {
  const deliver: JobKind<{ id: string }> = { name: DELIVER, handle: (payload) => deliverNotice(ctx, payload) };
  return [
    deliver,
    {
      name: 'notification.remind',
      cron: '0 9 * * *',
      handle: async () => {
        const given = await remind(ctx, notify, ctx.clock());
        if (given > 0) ctx.log.info('notification.reminded', { given });
      },
    },
  ];
}
