import { newId } from '../../../kernel/id.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { Notify } from '../../../platform/notice/port.ts';
import { audibleAt, channelsFor, DEFAULTS, mailGoes, type Channel } from '../domain/channels.ts';
import { SMS_A_DAY } from '../domain/phone.ts';
import { findPhone, listDevices } from '../store/addresses.ts';
import { countSms, insertDelivery, type Delivery } from '../store/deliveries.ts';
import { findPreferences } from '../store/preferences.ts';
import { DELIVER, type AccountLanguage } from './context.ts';

/** For SMS: whatever number the account has when it is sent. */
export const PHONE = 'phone';

/**
 * Hands a notice to the channels an account chose: rows and orders in the transaction of its cause, each once under the
 * notice's key. Says whether mail goes too.
 * @param hasSms whether the city sends SMS
 */
export function notifyThrough(ctx: Pick<Context, 'outbox'>, language: Pick<AccountLanguage, 'of'>, hasSms: boolean): Notify {
  return async (tx, { accountId, kind, key }, now) => {
    const preferences = (await findPreferences(tx, accountId)) ?? DEFAULTS;
    const devices = await listDevices(tx, accountId);
    const phone = hasSms && (await maySms(tx, accountId, now));
    const dueAt = audibleAt(kind, preferences.quiet, now);
    const channels = channelsFor(kind, preferences, { push: devices.length > 0, sms: phone });
    const targets = channels.flatMap((channel): { channel: Channel; target: string }[] =>
      channel === 'sms' ? [{ channel, target: PHONE }] : devices.map(({ id }) => ({ channel, target: id })),
    );
    if (targets.length === 0) return { mail: mailGoes(kind, preferences, 0), others: 0 };
    const lang = await language.of(tx, accountId);
    for (const to of targets) {
      const id = newId(now.epochMilliseconds);
      await orderDelivery(ctx, tx, { id, accountId, noticeKey: key, kind, ...to, words: null, lang, createdAt: now, dueAt });
    }
    return { mail: mailGoes(kind, preferences, targets.length), others: targets.length };
  };
}

async function maySms(tx: Tx, accountId: string, now: Temporal.Instant): Promise<boolean> {
  if ((await findPhone(tx, accountId)) === undefined) return false;
  return (await countSms(tx, accountId, now.subtract({ hours: 24 }))) < SMS_A_DAY;
}

/** Keeps a delivery and its order; twice under one key is once. */
export async function orderDelivery(ctx: Pick<Context, 'outbox'>, tx: Tx, delivery: Omit<Delivery, 'attempts'>): Promise<void> {
  if (!(await insertDelivery(tx, delivery))) return;
  await ctx.outbox.enqueue(tx, DELIVER, { id: delivery.id }, { key: delivery.id, startAfter: delivery.dueAt });
}
