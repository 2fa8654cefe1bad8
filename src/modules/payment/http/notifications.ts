import { TokenBuckets } from '../../../platform/http/rate-limit.ts';
import { problemDocument, problemStatus } from '../../../platform/http/problem.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { newId } from '../../../kernel/id.ts';
import type { PaymentContext } from '../application/context.ts';
import { receiveNotification } from '../application/receive-notification.ts';

export const NOTIFICATIONS_PATH = '/api/payment/notifications';

/** Far above what a provider sends about one payment. */
const MAX_BYTES = 64 * 1024;
const TOO_LARGE: Problem = { kind: 'too-large', detail: 'Die Nachricht ist größer als 64 kB. Senden Sie nur das Ereignis.' };
const TOO_MANY: Problem = { kind: 'too-many', detail: 'Das waren sehr viele abgewiesene Nachrichten. Warten Sie eine Minute.' };
const ONLY_POST: Problem = { kind: 'not-found', detail: 'Hier nimmt die Stadt nur Nachrichten von Zahlungsdiensten an (POST).' };

/** The door for messages of payment providers, for every path below `prefix`. Public: the signature is the access rule. */
export interface NotificationDoor {
  readonly prefix: typeof NOTIFICATIONS_PATH;
  readonly handle: (request: Request) => Promise<Response>;
}

/**
 * A door beside the ordinary routes, because a signature covers the body byte by byte. Refused
 * messages are journalled, so an attacker's flood of them is held back before it fills the journal.
 */
export function notificationDoor(ctx: PaymentContext): NotificationDoor {
  const refusals = new TokenBuckets({ burst: 60, perSecond: 0.5 });
  return {
    prefix: NOTIFICATIONS_PATH,
    async handle(request) {
      const refused = (problem: Problem): Response => problemAnswer(ctx, problem);
      const provider = /^\/([a-z0-9-]{1,40})$/.exec(new URL(request.url).pathname.slice(NOTIFICATIONS_PATH.length))?.[1];
      if (request.method !== 'POST' || provider === undefined) return refused(ONLY_POST);
      const body = await readBody(request.body);
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

async function readBody(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream ?? []) {
    size += part.byteLength;
    if (size > MAX_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function problemAnswer(ctx: PaymentContext, problem: Problem): Response {
  const document = problemDocument(problem, ctx.settings.publicUrl, newId(ctx.clock().epochMilliseconds));
  return new Response(JSON.stringify(document), {
    status: problemStatus(problem),
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
