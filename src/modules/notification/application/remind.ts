import { legalDay } from '../../../kernel/time.ts';
import { randomToken } from '../../../kernel/token.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { Notify } from '../../../platform/notice/port.ts';
import { reminderDays, remindersDue, type Expiry } from '../domain/reminders.ts';
import { reminderMail } from '../domain/words.ts';
import { forgetOld } from '../store/deliveries.ts';
import { remindersToken } from '../store/preferences.ts';
import { forgetReminders, noteReminder } from '../store/reminders.ts';
import type { NotificationContext } from './context.ts';

/** Days after its end for which it is remembered that somebody was reminded of something. */
const REMEMBERED_DAYS = 30;
/** Days for which the outbox remembers what was sent. */
const DELIVERIES_DAYS = 30;
/** Hours for which it is remembered that a number was asked for a code; the limits look back one. */
const REQUESTS_HOURS = 48;

/**
 * Reminds of what ends soon: each end once for each of its days, whatever happens in between. Idempotent: the rows say
 * what was given. @returns how many were given
 */
export async function remind(ctx: NotificationContext, notify: Notify, now: Temporal.Instant): Promise<number> {
  const today = legalDay(now);
  const usual = reminderDays(today);
  const found = await ctx.expiring({ from: today, until: today.add({ days: Math.max(...usual) }), reminding: true });
  let given = 0;
  for (const one of found) {
    const due = remindersDue(today.until(one.day, { largestUnit: 'days' }).days, one.daysBefore ?? usual);
    if (due.length > 0 && (await ctx.database.write((tx) => give(ctx, notify, tx, one, due, now)))) given += 1;
  }
  await ctx.database.write(async (tx) => {
    await forgetReminders(tx, today.subtract({ days: REMEMBERED_DAYS }));
    await forgetOld(tx, now.subtract({ hours: DELIVERIES_DAYS * 24 }), now.subtract({ hours: REQUESTS_HOURS }));
  });
  return given;
}

async function give(ctx: NotificationContext, notify: Notify, tx: Tx, one: Expiry, due: readonly number[], now: Temporal.Instant): Promise<boolean> {
  const fresh: number[] = [];
  for (const days of due) if (await noteReminder(tx, one, days, now)) fresh.push(days);
  if (fresh.length === 0) return false;
  const { accountId } = one;
  const key = `reminder.${accountId}.${one.key}.${one.day.toString()}.${Math.min(...fresh)}`;
  const ways = await notify(tx, { accountId, kind: 'reminder', key }, now);
  const to = ways.mail ? await ctx.addressOf(tx, accountId) : undefined;
  if (to === undefined) return true;
  const who = { to, lang: await ctx.language.of(tx, accountId), publicUrl: ctx.settings.publicUrl };
  await ctx.mailer.send(tx, key, reminderMail(who, await remindersToken(tx, accountId, randomToken(), now)));
  return true;
}

/** Days that the page looks ahead. */
const PAGE_DAYS = 60;

/** What ends soon for one account, the nearest first. */
export async function endingSoon(ctx: NotificationContext, accountId: string, now: Temporal.Instant): Promise<readonly Expiry[]> {
  const today = legalDay(now);
  const found = await ctx.expiring({ from: today, until: today.add({ days: PAGE_DAYS }), accountId });
  return found.toSorted((a, b) => Temporal.PlainDate.compare(a.day, b.day));
}
