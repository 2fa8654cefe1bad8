import type { Sql } from '../../../platform/database/port.ts';
import type { AccountProfile } from '../domain/account.ts';
import { findAccount } from '../store/accounts.ts';

/**
 * What the Servicekonto knows of a person, to fill forms with; each field with its source.
 * @returns `undefined` when there is no such account (any more)
 */
export async function accountProfile(db: Sql, accountId: string): Promise<AccountProfile | undefined> {
  return findAccount(db, accountId);
}
