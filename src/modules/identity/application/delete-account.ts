import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import { emptyAccount, lockAccount } from '../store/accounts.ts';
import { deleteLogins } from '../store/logins.ts';
import { deleteMessages } from '../store/mailbox.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import type { IdentityContext } from './context.ts';

/** Asks another module how many cases of the account still run; wired in `app.ts`. */
export type CountOpenCases = (accountId: string) => Promise<number>;

/**
 * Deletes a Servicekonto (Art. 17 GDPR): profile, sign-ins, sessions and Postfach. What the
 * authority must keep (its files, § 29 VwVfG and the retention periods of each service) stays with
 * the authority; the journal keeps ids only. While a case runs the Postfach is needed for its
 * Bekanntgabe, so the account stays.
 */
export async function deleteAccount(
  ctx: Pick<IdentityContext, 'database' | 'journal'>,
  accountId: string,
  openCases: CountOpenCases,
  now: Temporal.Instant,
): Promise<Result<null, IdentityProblem>> {
  const open = await openCases(accountId);
  if (open > 0) {
    const cases = open === 1 ? 'läuft noch ein Verfahren' : `laufen noch ${open} Verfahren`;
    return refuse({
      kind: 'wrong-state',
      detail: `Es ${cases}. Der Bescheid kommt in dieses Postfach. Warten Sie ihn ab, oder nehmen Sie den Antrag zurück. Danach können Sie das Konto löschen.`,
    });
  }
  return ctx.database.transaction(async (tx) => {
    if ((await lockAccount(tx, accountId)) === undefined) return refuse(accountNotFound);
    await deleteSessionsOf(tx, accountId);
    await deleteLogins(tx, accountId);
    await deleteMessages(tx, accountId);
    await emptyAccount(tx, accountId, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.account-deleted', payload: {} },
    ]);
    return ok(null);
  });
}
