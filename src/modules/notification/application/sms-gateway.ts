import type { Outcome, SmsGateway } from './context.ts';

/** Where and as whom to send. */
export interface SmsGatewaySettings {
  /** The whole address that takes messages. */
  readonly url: string;
  readonly token: string;
  /** The machine's own; a demo hands its gateway the request without a network. */
  readonly fetch?: typeof fetch;
  /** For the whole answer. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

/**
 * A gateway that takes `POST` of `{"to":"+49…","text":"…","reference":"…"}` with `Authorization: Bearer` and
 * `Idempotency-Key`, and answers 2xx once it has taken the message. docs/how-to/sms.md has the whole contract. Nothing it
 * says is passed on: answers of gateways repeat numbers.
 */
export function httpSmsGateway({ url, token, fetch: ask = fetch, timeoutMs = TIMEOUT_MS }: SmsGatewaySettings): SmsGateway {
  return {
    async send({ to, text, reference }) {
      try {
        const answer = await ask(url, {
          method: 'POST',
          redirect: 'error', // the secret goes to this address and to no other
          signal: AbortSignal.timeout(timeoutMs),
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': reference },
          body: JSON.stringify({ to, text, reference }),
        });
        await answer.body?.cancel();
        return outcomeOf(answer.status, answer.headers.get('retry-after'));
      } catch (error) {
        const late = error instanceof Error && error.name === 'TimeoutError';
        return { kind: 'later', reason: late ? 'the gateway does not answer' : 'the connection to the gateway broke' };
      }
    },
  };
}

/** What an answer of a gateway or a push service means for the next try. */
export function outcomeOf(status: number, retryAfter: string | null, now: () => number = Date.now): Outcome {
  const reason = `answered ${status}`;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const retryAfterSeconds = secondsOf(retryAfter, now);
  const again = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  // our own key may be wrong: that is not the reader's fault, and somebody will mend it
  if ([401, 403, 408, 425, 429].includes(status) || status >= 500) return { kind: 'later', reason, ...again };
  return { kind: 'refused', reason };
}

/** RFC 9110: seconds, or a date. */
function secondsOf(retryAfter: string | null, now: () => number): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now()) / 1000));
}
