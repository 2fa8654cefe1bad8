import type { Problem } from '../../../kernel/problem.ts';
import { bytesUpTo } from '../../../kernel/bytes.ts';
import { refusedAtDoor, type Door } from '../../../platform/http/door.ts';
import { TokenBuckets } from '../../../platform/http/rate-limit.ts';
import type { FitConnectContext } from '../application/fit-connect-context.ts';
import { callbackVerdict, receiveCallback } from '../application/fit-connect-notify.ts';

export const FIT_CONNECT_CALLBACK_PATH = '/api/fit-connect/callbacks';

const MAX_BYTES = 256 * 1024;
const TOO_LARGE: Problem = { kind: 'too-large', detail: 'Die Benachrichtigung ist größer als 256 kB. Senden Sie weniger auf einmal.' };
const TOO_MANY: Problem = { kind: 'too-many', detail: 'Das waren sehr viele abgewiesene Benachrichtigungen. Warten Sie eine Minute.' };
const ONLY_POST: Problem = { kind: 'not-found', detail: 'Hier nimmt die Stadt nur Benachrichtigungen von FIT-Connect an (POST).' };

/**
 * Takes callbacks of the delivery service. Public: the HMAC is the access rule. Refused callbacks are
 * journalled, so a flood of them is held back before it fills the journal.
 */
export function fitConnectCallbackDoor(ctx: FitConnectContext): Door {
  const refusals = new TokenBuckets({ burst: 60, perSecond: 0.5 });
  const refused = (problem: Problem): Response => refusedAtDoor(ctx, problem);
  return {
    prefix: FIT_CONNECT_CALLBACK_PATH,
    async handle(request) {
      if (request.method !== 'POST') return refused(ONLY_POST);
      const body = await bytesUpTo(request.body, MAX_BYTES);
      if (body === undefined) return refused(TOO_LARGE);
      const [authentication, timestamp] = ['callback-authentication', 'callback-timestamp'].map((name) => request.headers.get(name) ?? undefined);
      const callback = { authentication, timestamp, body };
      // only what would be journalled as refused costs a token
      const verdict = callbackVerdict(ctx, callback);
      if (verdict !== undefined && verdict !== 'ok' && refusals.take('callbacks', ctx.clock().epochMilliseconds) > 0) return refused(TOO_MANY);
      const done = await receiveCallback(ctx, callback);
      // FIT-Connect takes 200 for an answer and repeats otherwise
      return done.ok ? new Response(null, { status: 200 }) : refused(done.problem);
    },
  };
}
