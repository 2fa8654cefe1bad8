import type { Problem } from '../../../kernel/problem.ts';
import { bytesUpTo } from '../../../kernel/bytes.ts';
import { refusedAtDoor, type Door } from '../../../platform/http/door.ts';
import { TokenBuckets } from '../../../platform/http/rate-limit.ts';
import type { PaymentContext } from '../application/context.ts';
import { receiveNotification } from '../application/receive-notification.ts';

export const NOTIFICATIONS_PATH = '/api/payment/notifications';

/** Far above what a provider sends about one payment. */
const MAX_BYTES = 64 * 1024;
const TOO_LARGE: Problem = { kind: 'too-large', detail: 'Die Nachricht ist größer als 64 kB. Senden Sie nur das Ereignis.' };
const TOO_MANY: Problem = { kind: 'too-many', detail: 'Das waren sehr viele abgewiesene Nachrichten. Warten Sie eine Minute.' };
const ONLY_POST: Problem = { kind: 'not-found', detail: 'Hier nimmt die Stadt nur Nachrichten von Zahlungsdiensten an (POST).' };

/**
 * Takes messages of payment providers. Public: the signature is the access rule. Refused messages are
 * journalled, so an attacker's flood of them is held back before it fills the journal.
 */
export function notificationDoor(ctx: PaymentContext): Door {
  const refused = (problem: Problem): Response => refusedAtDoor(ctx, problem);
  const refusals = new TokenBuckets({ burst: 60, perSecond: 0.5 });
  return {
    prefix: NOTIFICATIONS_PATH,
    async handle(request) {
      const provider = /^\/([a-z0-9-]{1,40})$/.exec(new URL(request.url).pathname.slice(NOTIFICATIONS_PATH.length))?.[1];
      if (request.method !== 'POST' || provider === undefined) return refused(ONLY_POST);
      const body = await bytesUpTo(request.body, MAX_BYTES);
      if (body === undefined) return refused(TOO_LARGE);
      const headers = Object.fromEntries(request.headers);
      const milliseconds = ctx.clock().epochMilliseconds;
      // A forged message can be told without the journal: only then does it cost a token.
      const known = ctx.providers.find((one) => one.name === provider);
      if (known?.verifyNotification(headers, body, ctx.clock()).ok !== true && refusals.take(provider, milliseconds) > 0) return refused(TOO_MANY);
      const done = await receiveNotification(ctx, { provider, headers, body });
      return done.ok ? new Response(null, { status: 204 }) : refused(done.problem);
    },
  };
}
