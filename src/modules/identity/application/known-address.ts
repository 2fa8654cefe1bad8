import type { Tx } from '../../../platform/database/port.ts';
import { countWays } from '../domain/ways-in.ts';
import { findAccount } from '../store/accounts.ts';
import { findPasswordLogin } from '../store/logins.ts';
import { accountsByEmail, readWays } from '../store/recovery.ts';

/** Accounts looked at for one address; a couple may share one. */
const MOST = 5;

/**
 * Whether somebody signs in with this address: with a password, or with passkeys to an account that it was confirmed
 * for. An Online-Ausweis needs no address, so it does not count.
 */
export async function addressSignsIn(tx: Tx, email: string): Promise<boolean> {
  const login = await findPasswordLogin(tx, email);
  if (login !== undefined && (await findAccount(tx, login.accountId))?.emailConfirmed === true) return true;
  for (const id of await accountsByEmail(tx, email, MOST)) if (countWays({ ...(await readWays(tx, id)), eids: 0 }) > 0) return true;
  return false;
}
