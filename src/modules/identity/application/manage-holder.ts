import type { CitizenActor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { mandateChangedMail } from '../domain/mails.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { findAccount } from '../store/accounts.ts';
import { lockMembers } from '../store/mandates.ts';
import { addressee, type IdentityContext } from './context.ts';

export const notManaging: IdentityProblem = {
  kind: 'not-found',
  detail: 'Das gibt es nicht, oder Sie verwalten es nicht. Fragen Sie die Verwaltung der Organisation.',
};

/** Whether the person answers for this account: it is their own, or an organisation in which they hold `verwaltung`. Locks it. */
export async function managesHolder(tx: Tx, person: Pick<CitizenActor, 'accountId'>, holderId: string): Promise<boolean> {
  const members = await lockMembers(tx, holderId);
  return holderId === person.accountId || members.some((one) => one.agentId === person.accountId && one.role === 'verwaltung');
}

/** Leaves a mail that says only that something has changed, where there is an address. */
export async function tellChange(ctx: Pick<IdentityContext, 'mailer' | 'settings'>, tx: Tx, accountId: string, now: Temporal.Instant): Promise<void> {
  const account = await findAccount(tx, accountId);
  if (account?.email === undefined || !account.emailConfirmed) return;
  await ctx.mailer.send(tx, `identity.mandate-changed.${newId(now.epochMilliseconds)}`, mandateChangedMail(addressee(ctx, account.email, account.lang)));
}
