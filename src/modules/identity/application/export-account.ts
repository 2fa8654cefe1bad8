import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { AccountProfile } from '../domain/account.ts';
import type { Message } from '../domain/mailbox.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import { findAccount } from '../store/accounts.ts';
import { readHoldings, type Holdings } from '../store/holdings.ts';
import { listMessages } from '../store/mailbox.ts';
import type { IdentityContext } from './context.ts';

/** Everything this module holds about a person; `JSON.stringify` gives dates in ISO 8601. */
export interface AccountExport extends Holdings {
  readonly profile: AccountProfile;
  /** All messages of the Postfach, newest first; documents by name and SHA-256. */
  readonly messages: readonly Message[];
}

const PAGE = 200;

/**
 * Everything held about the person (GDPR Art. 15 and 20), without secrets such as password hashes.
 * @returns `undefined` when there is no such account (any more)
 */
export async function exportAccount(db: Sql, accountId: string): Promise<AccountExport | undefined> {
  const profile = await findAccount(db, accountId);
  if (profile === undefined) return undefined;
  const messages: Message[] = [];
  for (let page = await listMessages(db, { accountId }, PAGE); page.length > 0;) {
    messages.push(...page);
    page = page.length < PAGE ? [] : await listMessages(db, { accountId }, PAGE, page.at(-1)!.id);
  }
  return { profile, ...(await readHoldings(db, accountId)), messages };
}

/** As `exportAccount`, for the person themselves; that it was made is journalled. */
export async function recordExport(
  ctx: Pick<IdentityContext, 'database' | 'journal'>,
  accountId: string,
  now: Temporal.Instant,
): Promise<Result<AccountExport, IdentityProblem>> {
  const found = await exportAccount(ctx.database.read, accountId);
  if (found === undefined) return refuse(accountNotFound);
  await ctx.database.write((tx) =>
    ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.export-made', payload: {} },
    ]),
  );
  return ok(found);
}
