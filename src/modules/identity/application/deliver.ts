import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { Delivered, NewMessage } from '../domain/mailbox.ts';
import { noticeMail } from '../domain/mails.ts';
import { findAccount } from '../store/accounts.ts';
import { findDelivery, insertMessage } from '../store/mailbox.ts';

/**
 * Puts a message into a Postfach (Bereitstellung, § 9 OZG) in the caller's transaction, and leaves a
 * mail that says only that something waits. Idempotent by `message.key`. Call it after your own
 * writes: it appends to the journal.
 * @throws when the account does not exist or was deleted (the caller must choose the post then)
 */
export async function deliver(
  ctx: Pick<Context, 'mailer' | 'journal' | 'settings'>,
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
  const noticeSent = account.email !== undefined && account.emailConfirmed;
  const isNew = await insertMessage(tx, messageId, message, now, noticeSent);
  if (!isNew) {
    const first = (await findDelivery(tx, message.key))!;
    return { messageId: first.id, deliveredAt: first.deliveredAt, noticeSent: first.noticeSent, isNew: false };
  }
  if (noticeSent) await ctx.mailer.send(tx, `identity.notice.${messageId}`, noticeMail(account.email, ctx.settings.publicUrl));
  const payload = { messageId, caseId: message.caseId, noticeSent, documents: message.documents.map((document) => document.sha256) };
  await ctx.journal.append(tx, actor, now, [{ stream: `account:${message.accountId}`, kind: 'identity.mailbox-delivered', payload }]);
  return { messageId, deliveredAt: now, noticeSent, isNew: true };
}
