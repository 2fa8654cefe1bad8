import { createHmac } from 'node:crypto';
import { findDevice, dropDevice, findPhone, touchDevice, waitingCode } from '../store/addresses.ts';
import { endDelivery, postpone, reachedOtherwise, waitingDelivery, type Delivery } from '../store/deliveries.ts';
import { findPreferences } from '../store/preferences.ts';
import { audibleAt } from '../domain/channels.ts';
import { codeWords, NOTICE_PATHS, pushWords, smsWords, waitingMail } from '../domain/words.ts';
import { DELIVER, type NotificationContext, type Outcome } from './context.ts';

/** Tries before a notice goes by mail instead. */
const MOST_TRIES = 8;
const FIRST_PAUSE_SECONDS = 30;
/** No other side may make us wait longer. */
const LONGEST_PAUSE_SECONDS = 6 * 3600;
/** A notice that old tells nothing any more (hours); a code is useless after minutes. */
const STALE_HOURS = { notice: 48, code: 1 } as const;

/** How long to wait before the next try. @param attempts tries so far, from 1 */
export function pauseSeconds(attempts: number, retryAfterSeconds: number | undefined): number {
  return Math.min(LONGEST_PAUSE_SECONDS, Math.max(retryAfterSeconds ?? 0, FIRST_PAUSE_SECONDS * 2 ** Math.min(attempts - 1, 10)));
}

/**
 * Brings one notice. After a crash it runs again: what was sent is marked, and the gateway knows a repeated reference.
 * What cannot be brought goes by mail, unless another channel has it.
 */
export async function deliverNotice(ctx: NotificationContext, { id }: { readonly id: string }): Promise<void> {
  const one = await waitingDelivery(ctx.database.read, id);
  if (one === undefined) return;
  const now = ctx.clock();
  const staleAt = one.dueAt.add({ hours: one.kind === 'code' ? STALE_HOURS.code : STALE_HOURS.notice });
  if (one.attempts === 0 && Temporal.Instant.compare(now, staleAt) > 0) return end(ctx, one, 'stale', now);
  const audible = await audibleFrom(ctx, one, now);
  if (Temporal.Instant.compare(audible, now) > 0) return again(ctx, one, audible, 0);
  const outcome = await attempt(ctx, one);
  if (outcome.kind !== 'later') return end(ctx, one, outcome.kind, now, outcome.kind === 'refused' ? outcome.reason : undefined);
  ctx.log.info('notification.later', { channel: one.channel, reason: outcome.reason, attempts: one.attempts + 1 });
  if (one.attempts + 1 >= MOST_TRIES) return end(ctx, one, 'failed', now, outcome.reason);
  const next = now.add({ seconds: pauseSeconds(one.attempts + 1, outcome.retryAfterSeconds) });
  await again(ctx, one, await audibleFrom(ctx, one, next), 1);
}

/** Quiet hours as they are chosen now; a code was just asked for and waits for none. */
async function audibleFrom(ctx: NotificationContext, { accountId, kind }: Delivery, at: Temporal.Instant): Promise<Temporal.Instant> {
  return kind === 'code' ? at : audibleAt(kind, (await findPreferences(ctx.database.read, accountId))?.quiet, at);
}

async function again(ctx: NotificationContext, one: Delivery, at: Temporal.Instant, tries: 0 | 1): Promise<void> {
  await ctx.database.write(async (tx) => {
    const attempts = await postpone(tx, one.id, at, tries);
    if (attempts !== undefined) await ctx.outbox.enqueue(tx, DELIVER, { id: one.id }, { key: `${one.id}.${attempts}.${at.epochMilliseconds}`, startAfter: at });
  });
}

async function attempt(ctx: NotificationContext, one: Delivery): Promise<Outcome> {
  const { id, accountId, kind, lang } = one;
  const db = ctx.database.read;
  if (one.channel === 'push') {
    const device = await findDevice(db, one.target);
    if (device === undefined || kind === 'code') return { kind: 'gone' };
    return ctx.push.send(device, pushWords(kind, lang), topicOf(ctx, device.id, kind));
  }
  if (ctx.sms === undefined) return { kind: 'gone' };
  if (kind === 'code') {
    const waiting = await waitingCode(db, accountId);
    if (waiting === undefined || one.words === null) return { kind: 'gone' };
    return ctx.sms.send({ to: waiting.number, text: codeWords(lang, one.words), reference: id });
  }
  const to = await findPhone(db, accountId);
  return to === undefined ? { kind: 'gone' } : ctx.sms.send({ to, text: smsWords(kind, lang, ctx.settings.publicUrl), reference: id });
}

/** By which a push service puts a newer notice in the place of an older one; it stands there in clear, so it is hashed. */
const topicOf = ({ secret }: NotificationContext, deviceId: string, kind: string): string =>
  createHmac('sha256', secret).update(`topic:${deviceId}:${kind}`).digest('base64url').slice(0, 32);

async function end(ctx: NotificationContext, one: Delivery, state: Parameters<typeof endDelivery>[2], now: Temporal.Instant, reason?: string): Promise<void> {
  if (reason !== undefined) ctx.log.warn('notification.not-delivered', { channel: one.channel, state, reason });
  await ctx.database.write(async (tx) => {
    if (!(await endDelivery(tx, one.id, state, now))) return;
    if (one.channel === 'push' && state === 'gone') await dropDevice(tx, one.target);
    if (one.channel === 'push' && state === 'sent') await touchDevice(tx, one.target, now);
    if (state === 'sent' || one.kind === 'code') return;
    if (await reachedOtherwise(tx, one.accountId, one.noticeKey)) return;
    const to = await ctx.addressOf(tx, one.accountId);
    if (to === undefined) return;
    const mail = waitingMail({ to, lang: one.lang, publicUrl: ctx.settings.publicUrl }, NOTICE_PATHS[one.kind]);
    await ctx.mailer.send(tx, `notification.instead.${one.accountId}.${one.noticeKey}`, mail);
  });
}
