import type { JobKind } from '../../../platform/jobs/port.ts';
import { FIT_CONNECT_JOBS, type FitConnectContext } from './fit-connect-context.ts';
import { lookAfterCallback } from './fit-connect-notify.ts';
import { pickUpSubmissions } from './fit-connect-receive.ts';
import { sendReply } from './fit-connect-reply.ts';
import { followSubmissions, sendSubmission } from './fit-connect-send.ts';

/** What of FIT-Connect leaves through the outbox or runs by the clock. */
export function fitConnectJobs(ctx: FitConnectContext): JobKind<never>[] {
  const kinds: JobKind<{ sentId: string; caseId: string; letterKey: string }>[] = [
    {
      name: FIT_CONNECT_JOBS.pickUp,
      cron: '* * * * *',
      handle: async () => {
        await pickUpSubmissions(ctx);
      },
    },
    { name: FIT_CONNECT_JOBS.follow, cron: '*/5 * * * *', handle: () => followSubmissions(ctx) },
    // a neighbour may be away for a day; pauses double up to an hour
    { name: FIT_CONNECT_JOBS.send, retries: 40, handle: (payload) => sendSubmission(ctx, payload) },
    { name: FIT_CONNECT_JOBS.reply, retries: 40, handle: (payload) => sendReply(ctx, payload) },
    { name: FIT_CONNECT_JOBS.notified, handle: () => lookAfterCallback(ctx) },
  ];
  return kinds;
}
