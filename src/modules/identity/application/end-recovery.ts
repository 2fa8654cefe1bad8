import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { recoveryEndedMail } from '../domain/mails.ts';
import { recoveryTerms } from '../domain/recovery.ts';
import { endsRecovery, type Dated } from '../domain/ways-in.ts';
import { cancelRecoveryOf, runningRecovery } from '../store/recovery.ts';
import { addressee, type IdentityContext } from './context.ts';
import { accountLang } from './told-about.ts';

/**
 * Ends a recovery that waits when the person came by a way that was settled before it was asked for; a way that is
 * newer ends nothing. Whoever asked for it is told at the address it was to go to: they may be the owner, and wait for a
 * link. @returns its id, for the journal
 */
export async function endRecoveryBy(
  ctx: Pick<IdentityContext, 'mailer' | 'settings'>,
  tx: Tx,
  accountId: string,
  way: Dated,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const running = await runningRecovery(tx, accountId);
  if (running === undefined) return undefined;
  const { settleDays } = recoveryTerms(legalDay(running.askedAt));
  if (!endsRecovery(way, running.askedAt, settleDays)) return undefined;
  const who = addressee(ctx, running.email, await accountLang(tx, accountId));
  await ctx.mailer.send(tx, `identity.recovery.${running.id}.ended`, recoveryEndedMail(who));
  return cancelRecoveryOf(tx, accountId, now);
}

/** For the payload of a journal entry. */
export const cancelled = (recoveryCancelled: string | undefined): Readonly<Record<string, string>> =>
  recoveryCancelled === undefined ? {} : { recoveryCancelled };
