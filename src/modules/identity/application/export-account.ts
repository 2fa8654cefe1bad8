import type { Sql } from '../../../platform/database/port.ts';
import type { AccountProfile } from '../domain/account.ts';
import type { Message } from '../domain/mailbox.ts';
import { findAccount } from '../store/accounts.ts';
import { readHoldings, type Holdings } from '../store/holdings.ts';
import { listMessages } from '../store/mailbox.ts';

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
  for (let page = await listMessages(db, accountId, PAGE); page.length > 0;) {
    messages.push(...page);
    page = page.length < PAGE ? [] : await listMessages(db, accountId, PAGE, page.at(-1)!.id);
  }
  return { profile, ...(await readHoldings(db, accountId)), messages };
}
