import { newId } from '../../../kernel/id.ts';
import type { Addressee, OutgoingMail } from '../../../kernel/mail.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NoticeKind } from '../../../kernel/notice.ts';
import { securityMail } from '../domain/mails.ts';
import { findAccount } from '../store/accounts.ts';
import { addressee, type IdentityContext } from './context.ts';

/** What is told, and under which key; without a key each telling is one of its own. */
interface Told {
  readonly key?: string;
  readonly kind?: Extract<NoticeKind, 'security' | 'recovery'>;
  readonly mail?: (who: Addressee) => OutgoingMail;
}

/**
 * Tells the owner by mail, whatever they chose and in their own language, and by every other channel, that something about their ways in has
 * changed. Nothing says what or where.
 */
export async function tellOwner(
  ctx: Pick<IdentityContext, 'mailer' | 'notify' | 'settings'>,
  tx: Tx,
  accountId: string,
  now: Temporal.Instant,
  { key = newId(now.epochMilliseconds), kind = 'security', mail = securityMail }: Told = {},
): Promise<void> {
  const account = await findAccount(tx, accountId);
  if (account === undefined) return;
  const to = account.emailConfirmed ? account.email : undefined;
  if (to !== undefined) await ctx.mailer.send(tx, `identity.${kind}.${key}`, mail(addressee(ctx, to, account.lang)));
  await ctx.notify?.(tx, { accountId, kind, key: `identity.${kind}.${key}` }, now);
}
