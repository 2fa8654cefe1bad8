import type { Lang } from '../../../kernel/lang.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { findAccount, keepLang } from '../store/accounts.ts';
import { endingMandates, receiversOf, sendersOf } from '../store/mandates.ts';

/** The confirmed e-mail of an account; none of an organisation, which has no way to sign in. */
export async function confirmedEmail(db: Sql, accountId: string): Promise<string | undefined> {
  const account = await findAccount(db, accountId);
  return account?.emailConfirmed === true && account.organisation === undefined ? account.email : undefined;
}

/** In which language an account is written to. */
export const accountLang = async (db: Sql, accountId: string): Promise<Lang> => (await findAccount(db, accountId))?.lang ?? 'de';

/** Keeps the language that the account chose. */
export const keepAccountLang = (tx: Tx, accountId: string, lang: Lang): Promise<void> => keepLang(tx, accountId, lang);

/** Accounts of persons that hear of what concerns an account: itself, and who receives its post about the service. */
export async function toldAbout(db: Sql, accountId: string, service: string | undefined, day: Temporal.PlainDate): Promise<readonly string[]> {
  const account = await findAccount(db, accountId);
  if (account === undefined) return [];
  const receivers = (await receiversOf(db, accountId, service, day)).map((one) => one.accountId);
  return account.organisation === undefined ? [accountId, ...receivers] : receivers;
}

/** An account of which another hears; `services`: about which of them, `null` for all. */
export interface HeardOf {
  readonly accountId: string;
  readonly services: readonly string[] | null;
}

/** As `toldAbout`, the other way round: the accounts of which this one hears. */
export async function hearsOf(db: Sql, accountId: string, day: Temporal.PlainDate): Promise<readonly HeardOf[]> {
  const account = await findAccount(db, accountId);
  if (account === undefined) return [];
  const senders = (await sendersOf(db, accountId, day)).map(({ holderId, services }) => ({ accountId: holderId, services }));
  return account.organisation === undefined ? [{ accountId, services: null }, ...senders] : senders;
}

/** A mandate that ends, once for who gave it and once for who holds it. */
export interface MandateEnd {
  readonly id: string;
  readonly accountId: string;
  readonly day: Temporal.PlainDate;
}

export async function mandatesEnding(
  db: Sql,
  span: { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate; readonly accountId?: string },
): Promise<readonly MandateEnd[]> {
  const found = await endingMandates(db, span);
  const ends = found.flatMap(({ id, holderId, agentId, validUntil }) => [holderId, agentId].map((accountId) => ({ id, accountId, day: validUntil })));
  return ends.filter(({ accountId }) => span.accountId === undefined || accountId === span.accountId);
}
