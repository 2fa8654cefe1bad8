import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { emptyAccount, lockAccount } from '../store/accounts.ts';
import { deleteOffersOf } from '../store/mandate-offers.ts';
import { endMandatesOf, solelyManaged } from '../store/mandates.ts';
import { deleteLogins } from '../store/logins.ts';
import { deleteMessages } from '../store/mailbox.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import type { Caller, IdentityContext } from './context.ts';
import { freshSession } from './fresh-session.ts';

/** Asks another module how many cases of the account still run; wired in `app.ts`. */
export type CountOpenCases = (accountId: string) => Promise<number>;

/** Lets other modules forget what they hold of the account, in the same transaction; wired in `app.ts`. */
export type ForgetElsewhere = (tx: Tx, accountId: string) => Promise<void>;

/**
 * Deletes a Servicekonto (Art. 17 GDPR): profile, sign-ins, sessions and Postfach. What the
 * authority must keep (its files, § 29 VwVfG and the retention periods of each service) stays with
 * the authority; the journal keeps ids only. While a case runs the Postfach is needed for its
 * Bekanntgabe, so the account stays. It needs a fresh session: a device left open must not erase its owner.
 */
export async function deleteAccount(
  ctx: Pick<IdentityContext, 'database' | 'journal'>,
  accountId: string,
  others: { readonly openCases: CountOpenCases; readonly forgetElsewhere: ForgetElsewhere },
  caller: Caller,
): Promise<Result<null, IdentityProblem>> {
  const { now } = caller;
  const fresh = await freshSession(ctx, caller, accountId);
  if (!fresh.ok) return fresh;
  const open = await others.openCases(accountId);
  if (open > 0) return refuse(openCasesProblem(open));
  return ctx.database.transaction(async (tx) => {
    if ((await lockAccount(tx, accountId)) === undefined) return refuse(accountNotFound);
    const left = await solelyManaged(tx, accountId);
    if (left.length > 0) return refuse(alone(left));
    const mandates = await endMandatesOf(tx, accountId, accountId, now);
    await deleteOffersOf(tx, accountId);
    await deleteSessionsOf(tx, accountId);
    await deleteLogins(tx, accountId);
    await deleteMessages(tx, accountId);
    await others.forgetElsewhere(tx, accountId);
    await emptyAccount(tx, accountId, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.account-deleted', payload: mandates.length === 0 ? {} : { mandates } },
    ]);
    return ok(null);
  });
}

const alone = (organisations: readonly string[]): IdentityProblem => ({
  kind: 'wrong-state',
  detail: `Sie verwalten allein: ${organisations.join(', ')}. Geben Sie die Verwaltung zuerst an jemanden weiter, oder löschen Sie die Organisation.`,
});

/** While a case runs its Bescheid needs the Postfach. */
export function openCasesProblem(open: number): IdentityProblem {
  const cases = open === 1 ? 'läuft noch ein Verfahren' : `laufen noch ${open} Verfahren`;
  return {
    kind: 'wrong-state',
    detail: `Es ${cases}. Der Bescheid kommt in dieses Postfach. Warten Sie ihn ab, oder nehmen Sie den Antrag zurück. Danach können Sie das Konto löschen.`,
  };
}
