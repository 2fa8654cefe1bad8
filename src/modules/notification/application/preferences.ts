import type { Lang } from '../../../kernel/lang.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { randomToken } from '../../../kernel/token.ts';
import { DEFAULTS, type Preferences } from '../domain/channels.ts';
import { hidden } from '../domain/phone.ts';
import { linkGone, type NotificationProblem } from '../domain/problems.ts';
import { findPhone, listDevices, waitingCode, type PushDevice } from '../store/addresses.ts';
import { findPreferences, keepPreferences, knowsToken, turnRemindersOff } from '../store/preferences.ts';
import type { NotificationContext } from './context.ts';

/** What a person chooses: ways and hours, and the language of all that is sent to them. */
export type Chosen = Preferences & { readonly lang: Lang };

/** What an account's page about notices shows. */
export interface NoticeSettings {
  readonly preferences: Chosen;
  readonly devices: readonly PushDevice[];
  /** The confirmed number, its middle hidden. */
  readonly phone: string | undefined;
  /** A number that waits for its code, its middle hidden. */
  readonly waitingPhone: string | undefined;
  readonly address: string | undefined;
}

export async function noticeSettings(ctx: NotificationContext, accountId: string, now: Temporal.Instant): Promise<NoticeSettings> {
  const db = ctx.database.read;
  const [waiting, phone] = [await waitingCode(db, accountId), await findPhone(db, accountId)];
  return {
    preferences: { ...((await findPreferences(db, accountId)) ?? DEFAULTS), lang: await ctx.language.of(db, accountId) },
    devices: await listDevices(db, accountId),
    phone: phone && hidden(phone),
    waitingPhone: waiting !== undefined && Temporal.Instant.compare(now, waiting.expiresAt) < 0 ? hidden(waiting.number) : undefined,
    address: await ctx.addressOf(db, accountId),
  };
}

/** Keeps what the person chose. */
export async function changePreferences(
  ctx: Pick<NotificationContext, 'database' | 'journal' | 'language'>,
  accountId: string,
  chosen: Chosen,
  now: Temporal.Instant,
): Promise<Result<null, NotificationProblem>> {
  const { quiet } = chosen;
  if (quiet !== undefined && ![quiet.from, quiet.until].every((hour) => Number.isInteger(hour) && hour >= 0 && hour <= 23))
    return refuse(invalidField('quietFrom', 'Ruhezeiten sind volle Stunden von 0 bis 23. Wählen Sie beide, oder keine.'));
  return ctx.database.transaction(async (tx) => {
    await keepPreferences(tx, accountId, chosen, randomToken(), now);
    await ctx.language.keep(tx, accountId, chosen.lang);
    const { mail, push, sms, reminders } = chosen;
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'notification.preferences-changed', payload: { mail, push, sms, reminders, quiet: quiet !== undefined } },
    ]);
    return ok(null);
  });
}

/** Whether a mail's link can still turn something off; looking turns nothing off. */
export async function remindersLink(ctx: Pick<NotificationContext, 'database'>, token: string): Promise<Result<null, NotificationProblem>> {
  return (await knowsToken(ctx.database.read, token)) ? ok(null) : refuse(linkGone);
}

/** Turns reminders off by the link of a mail, without signing in; nothing else hangs on that link. Twice is fine. */
export async function remindersOff(
  ctx: Pick<NotificationContext, 'database' | 'journal'>,
  token: string,
  now: Temporal.Instant,
): Promise<Result<null, NotificationProblem>> {
  return ctx.database.transaction(async (tx) => {
    const accountId = await turnRemindersOff(tx, token, now);
    if (accountId === undefined) return refuse(linkGone);
    await ctx.journal.append(tx, { kind: 'anonymous' }, now, [{ stream: `account:${accountId}`, kind: 'notification.reminders-off', payload: { by: 'link' } }]);
    return ok(null);
  });
}
