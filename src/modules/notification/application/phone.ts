import { createHmac, randomInt } from 'node:crypto';
import { newId } from '../../../kernel/id.ts';
import type { Lang } from '../../../kernel/lang.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { codeOf, codeRules, CODE_MINUTES, CODE_TRIES, CODES_AN_HOUR, readCode, readPhone, takesCodes } from '../domain/phone.ts';
import { codesUsedUp, noCode, noSms, tooManyCodes, type NotificationProblem } from '../domain/problems.ts';
import { countCodeOfDay, countCodeRequests, deletePhone, dropCode, keepCode, keepPhone, noteCodeRequest, tryCode } from '../store/addresses.ts';
import type { NotificationContext } from './context.ts';
import { orderDelivery, PHONE } from './notify.ts';

const hashed = (ctx: Pick<NotificationContext, 'secret'>, text: string): string => createHmac('sha256', ctx.secret).update(text).digest('hex');

/** Sends a code to a number, which counts only once it is typed in. */
export async function requestPhoneCode(
  ctx: NotificationContext,
  accountId: string,
  typed: string,
  lang: Lang,
  now: Temporal.Instant,
): Promise<Result<null, NotificationProblem>> {
  if (ctx.sms === undefined) return refuse(noSms);
  const number = readPhone(typed);
  if (number === undefined) return refuse(invalidField('number', 'Das ist keine Telefonnummer. Schreiben Sie sie mit Vorwahl, etwa 0171 3920010.'));
  const rules = codeRules(legalDay(now));
  if (!takesCodes(number, rules)) return refuse(invalidField('number', OTHER_RANGE));
  const done = await sendCode(ctx, { accountId, number, lang, most: rules.perDay }, now);
  if (!done.ok && done.problem === codesUsedUp) ctx.log.warn('notification.codes-of-the-day-used-up', { most: rules.perDay });
  return done;
}

const OTHER_RANGE =
  'Codes gehen nur an deutsche Mobilnummern. Sie beginnen mit 015, 016 oder 017. Haben Sie keine, bekommen Sie Hinweise per Mail oder im Browser.';

interface Wish {
  readonly accountId: string;
  readonly number: string;
  readonly lang: Lang;
  /** Codes that the city may send on this day. */
  readonly most: number;
}

/** Locks in one order: the account, the number, the day. */
function sendCode(ctx: NotificationContext, { accountId, number, lang, most }: Wish, now: Temporal.Instant): Promise<Result<null, NotificationProblem>> {
  const code = codeOf(randomInt(1_000_000));
  return ctx.database.transaction(async (tx) => {
    const numberHmac = hashed(ctx, `number:${number}`);
    if ((await countCodeRequests(tx, accountId, numberHmac, now.subtract({ hours: 1 }))) >= CODES_AN_HOUR) return refuse(tooManyCodes);
    if (!(await countCodeOfDay(tx, legalDay(now), most))) return refuse(codesUsedUp);
    const id = newId(now.epochMilliseconds);
    await noteCodeRequest(tx, id, accountId, numberHmac, now);
    await keepCode(tx, accountId, { number, codeHmac: hashed(ctx, `code:${accountId}:${number}:${code}`), expiresAt: now.add({ minutes: CODE_MINUTES }) });
    await orderDelivery(ctx, tx, {
      id,
      accountId,
      noticeKey: `code.${id}`,
      kind: 'code',
      channel: 'sms',
      target: PHONE,
      words: code,
      lang,
      createdAt: now,
      dueAt: now,
    });
    return ok(null);
  });
}

/** Confirms the number by the code that came. A try counts before it is looked at; after the last one the code is gone. */
export async function confirmPhone(
  ctx: NotificationContext,
  accountId: string,
  typed: string,
  now: Temporal.Instant,
): Promise<Result<null, NotificationProblem>> {
  const code = readCode(typed);
  if (code === undefined) return refuse(invalidField('code', 'Der Code hat sechs Ziffern. Geben Sie ihn so ein, wie er in der SMS steht.'));
  // the count must stay when the code is wrong, so a refusal is decided after the commit
  const tried = await ctx.database.write((tx) => tryCode(tx, accountId));
  if (tried === undefined || tried.tries > CODE_TRIES || Temporal.Instant.compare(now, tried.expiresAt) >= 0) return refuse(noCode);
  if (tried.codeHmac !== hashed(ctx, `code:${accountId}:${tried.number}:${code}`)) {
    const left = CODE_TRIES - tried.tries;
    return refuse(left === 0 ? noCode : invalidField('code', `Der Code stimmt nicht. Sie haben noch ${left === 1 ? 'einen Versuch' : `${left} Versuche`}.`));
  }
  await ctx.database.write(async (tx) => {
    await dropCode(tx, accountId);
    await keepPhone(tx, accountId, tried.number, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'notification.phone-confirmed', payload: {} },
    ]);
  });
  return ok(null);
}

/** Forgets the number. Twice is fine. */
export async function removePhone(ctx: Pick<NotificationContext, 'database' | 'journal'>, accountId: string, now: Temporal.Instant): Promise<void> {
  await ctx.database.write(async (tx) => {
    if (!(await deletePhone(tx, accountId))) return;
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'notification.phone-removed', payload: {} },
    ]);
  });
}
