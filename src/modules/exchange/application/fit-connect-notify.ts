import type { CommonProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { judgeCallback, type CallbackVerdict } from '../domain/fit-connect-callback.ts';
import { sha256 } from '../domain/fit-connect-compact.ts';
import { FIT_CONNECT_JOBS, type FitConnectContext } from './fit-connect-context.ts';
import { pickUpSubmissions } from './fit-connect-receive.ts';
import { followSubmissions } from './fit-connect-send.ts';

/** A callback as it came. */
export interface RawCallback {
  readonly authentication: string | undefined;
  readonly timestamp: string | undefined;
  readonly body: Uint8Array;
}

const NO_CALLBACKS: CommonProblem = { kind: 'not-found', detail: 'Diese Stadt nimmt keine Benachrichtigungen von FIT-Connect an.' };
const WORDS: Readonly<Record<Exclude<CallbackVerdict, 'ok'>, string>> = {
  unsigned: 'Die Benachrichtigung ist nicht unterschrieben. Senden Sie callback-authentication und callback-timestamp mit.',
  forged: 'Die Unterschrift der Benachrichtigung stimmt nicht. Prüfen Sie das Callback-Secret.',
  stale: 'Die Benachrichtigung ist älter als fünf Minuten. Senden Sie sie mit frischem Zeitstempel.',
  'future-dated': 'Der Zeitstempel der Benachrichtigung liegt in der Zukunft. Prüfen Sie die Uhr.',
};

/** Whether the callback is believed, without keeping anything. */
export function callbackVerdict(ctx: FitConnectContext, callback: RawCallback): CallbackVerdict | undefined {
  const secret = ctx.receiving?.callbackSecret;
  return secret === undefined ? undefined : judgeCallback(secret, callback, ctx.clock());
}

/**
 * Takes in a callback. It is only a knock: what is new is asked of the delivery service, so nothing in
 * the body is believed, and the same knock twice is one. A refused one is journalled by its hash.
 */
export async function receiveCallback(ctx: FitConnectContext, callback: RawCallback): Promise<Result<void, CommonProblem>> {
  const verdict = callbackVerdict(ctx, callback);
  if (verdict === undefined) return refuse(NO_CALLBACKS);
  const bodySha256 = sha256(callback.body);
  if (verdict === 'ok') {
    await ctx.database.write((tx) => ctx.outbox.enqueue(tx, FIT_CONNECT_JOBS.notified, {}, { key: `fit-connect.${callback.timestamp}.${bodySha256}` }));
    return ok(undefined);
  }
  ctx.log.warn('exchange.fit-connect-callback-refused', { reason: verdict });
  const payload = { reason: verdict, bytes: callback.body.byteLength, bodySha256 };
  await ctx.database.write((tx) =>
    ctx.journal.append(tx, { kind: 'anonymous' }, ctx.clock(), [{ stream: 'fit-connect:callbacks', kind: 'exchange.fit-connect-callback-refused', payload }]),
  );
  return refuse({ kind: 'not-allowed', detail: WORDS[verdict] });
}

/** Job from the outbox: looks at once instead of at the next minute. */
export async function lookAfterCallback(ctx: FitConnectContext): Promise<void> {
  await pickUpSubmissions(ctx);
  await followSubmissions(ctx);
}
