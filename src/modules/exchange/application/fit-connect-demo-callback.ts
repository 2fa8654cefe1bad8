import type { Clock } from '../../../kernel/time.ts';
import { callbackHmac } from '../domain/fit-connect-callback.ts';

/** Where the demo delivery service knocks when something new waits. */
export interface DemoCallback {
  readonly url: string;
  readonly secret: string;
  readonly fetch: typeof fetch;
}

/** Knocks once, signed as the real service signs; who does not answer finds the submission by the clock. */
export async function knock(
  { url, secret, fetch: net }: DemoCallback,
  news: { readonly submissionId: string; readonly caseId: string; readonly destinationId: string },
  clock: Clock,
): Promise<void> {
  const body = Buffer.from(
    JSON.stringify({
      type: 'https://schema.fitko.de/fit-connect/submission-api/callbacks/new-submissions',
      submissionIds: [news.submissionId],
      submissions: [news],
    }),
  );
  const timestamp = String(Math.floor(clock().epochMilliseconds / 1000));
  const headers = { 'content-type': 'application/json', 'callback-timestamp': timestamp, 'callback-authentication': callbackHmac(secret, timestamp, body) };
  await net(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(5_000) })
    .then((answer) => answer.body?.cancel())
    .catch(() => undefined);
}
