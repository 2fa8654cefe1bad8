import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Lang } from '../../../kernel/lang.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { AccountProfile } from '../domain/account.ts';
import type { Delivered, NewMessage } from '../domain/mailbox.ts';
import { noticeMail } from '../domain/mails.ts';
import { findAccount } from '../store/accounts.ts';
import { receiversOf } from '../store/mandates.ts';
import { findDelivery, insertMessage } from '../store/mailbox.ts';
import { addressee } from './context.ts';

/**
 * Puts a message into a Postfach (Bereitstellung, § 9 OZG) in the caller's transaction, and leaves a
 * mail that says only that something waits: to the holder, and to whoever receives post for them
 * (§ 14(3) VwVfG). Idempotent by `message.key`. Call it after your own writes: it appends to the journal.
 * @throws when the account does not exist or was deleted (the caller must choose the post then)
 */
export async function deliver(
  ctx: Pick<Context, 'mailer' | 'notify' | 'journal' | 'settings'>,
  tx: Tx,
  actor: Actor,
  message: NewMessage,
  now: Temporal.Instant,
): Promise<Delivered> {
  const before = await findDelivery(tx, message.key);
  if (before !== undefined) return { messageId: before.id, deliveredAt: before.deliveredAt, noticeSent: before.noticeSent, isNew: false };
  const account = await findAccount(tx, message.accountId);
  if (account === undefined) throw new Error(`no account ${message.accountId} to deliver to`);
  const messageId = newId(now.epochMilliseconds);
  const told = await noticesOf(ctx, tx, account, message, now);
  const noticeSent = told.reached;
  const isNew = await insertMessage(tx, messageId, message, now, noticeSent);
  if (!isNew) {
    const first = (await findDelivery(tx, message.key))!;
    return { messageId: first.id, deliveredAt: first.deliveredAt, noticeSent: first.noticeSent, isNew: false };
  }
  for (const [email, { mark, lang }] of told.addresses)
    await ctx.mailer.send(tx, `identity.notice.${messageId}${mark}`, noticeMail(addressee(ctx, email, lang)));
  const payload = { messageId, caseId: message.caseId, noticeSent, documents: message.documents.map((document) => document.sha256) };
  await ctx.journal.append(tx, actor, now, [{ stream: `account:${message.accountId}`, kind: 'identity.mailbox-delivered', payload }]);
  return { messageId, deliveredAt: now, noticeSent, isNew: true };
}

/**
 * Where notices go by mail, each address once, with its language and what tells its mail from the others. Other channels have theirs in
 * their outbox by then, under the message's key.
 */
async function noticesOf(
  ctx: Pick<Context, 'notify'>,
  tx: Tx,
  account: AccountProfile,
  message: NewMessage,
  now: Temporal.Instant,
): Promise<{ readonly addresses: ReadonlyMap<string, { readonly mark: string; readonly lang: Lang | null }>; readonly reached: boolean }> {
  const addresses = new Map<string, { readonly mark: string; readonly lang: Lang | null }>();
  let others = 0;
  const receivers = await receiversOf(tx, account.accountId, message.service, legalDay(now));
  const holder = { accountId: account.accountId, email: account.emailConfirmed ? (account.email ?? null) : null, lang: account.lang ?? null };
  for (const { accountId, email, lang } of [...receivers, holder]) {
    const ways = await ctx.notify?.(tx, { accountId, kind: 'mailbox', key: message.key }, now);
    others += ways?.others ?? 0;
    if (email !== null && ways?.mail !== false) addresses.set(email, { mark: accountId === account.accountId ? '' : `.${accountId}`, lang });
  }
  return { addresses, reached: addresses.size + others > 0 };
}
