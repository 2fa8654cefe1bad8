import { sql, type RawBuilder } from 'kysely';
import type { TrustLevel } from '../../../kernel/actor.ts';
import type { Lang } from '../../../kernel/lang.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { AccountProfile, FieldSource, Organisation, PostalAddress, ProfileField } from '../domain/account.ts';

interface Row {
  id: string;
  organisation: Organisation | null;
  given_name: string | null;
  family_name: string | null;
  email: string | null;
  email_confirmed_at: Temporal.Instant | null;
  birth_date: Temporal.PlainDate | null;
  address: PostalAddress | null;
  sources: Partial<Record<ProfileField, FieldSource>>;
  lang: Lang | null;
  proven_trust: TrustLevel;
}

const toProfile = (row: Row): AccountProfile => ({
  accountId: row.id,
  ...(row.organisation === null ? {} : { organisation: row.organisation }),
  givenName: row.given_name ?? '',
  familyName: row.family_name ?? '',
  ...(row.email === null ? {} : { email: row.email }),
  emailConfirmed: row.email_confirmed_at !== null,
  ...(row.lang === null ? {} : { lang: row.lang }),
  ...(row.birth_date === null ? {} : { birthDate: row.birth_date }),
  ...(row.address === null ? {} : { address: row.address }),
  provenTrust: row.proven_trust,
  sources: row.sources,
});

/** The account, unless it is unknown or deleted. */
export async function findAccount(db: Sql, id: string): Promise<AccountProfile | undefined> {
  const found =
    await sql<Row>`select a.id, a.organisation, a.given_name, a.family_name, a.email, a.email_confirmed_at, a.birth_date, a.address, a.sources, a.lang,
      -- 'hoch' sorts before 'substanziell'
      coalesce((select min(l.trust) from identity.eid_link l where l.account_id = a.id), 'einfach') as proven_trust
    from identity.account a where a.id = ${id} and a.deleted_at is null`.execute(db);
  const row = found.rows[0];
  return row && toProfile(row);
}

/** As `findAccount`, locked until the transaction ends. */
export async function lockAccount(tx: Tx, id: string): Promise<AccountProfile | undefined> {
  await sql`select 1 from identity.account where id = ${id} for update`.execute(tx);
  return findAccount(tx, id);
}

/** A row to be kept; what is not given stays empty. */
export type NewAccount = Omit<AccountProfile, 'provenTrust' | 'emailConfirmed' | 'organisation'>;

export async function insertAccount(tx: Tx, account: NewAccount, emailConfirmedAt: Temporal.Instant | null, now: Temporal.Instant): Promise<void> {
  await sql`insert into identity.account (id, given_name, family_name, email, email_confirmed_at, birth_date, address, sources, lang, created_at, changed_at)
    values (${account.accountId}, ${account.givenName}, ${account.familyName}, ${account.email ?? null}, ${emailConfirmedAt},
      ${account.birthDate ?? null}, ${account.address ?? null}, ${account.sources}, ${account.lang ?? null}, ${now}, ${now})`.execute(tx);
}

/** Writes names, date of birth and address with their sources; e-mail and language have their own ways. */
export async function updateAccount(tx: Tx, account: NewAccount, now: Temporal.Instant): Promise<void> {
  await sql`update identity.account set given_name = ${account.givenName}, family_name = ${account.familyName},
      birth_date = ${account.birthDate ?? null}, address = ${account.address ?? null}, sources = ${account.sources}, changed_at = ${now}
    where id = ${account.accountId}`.execute(tx);
}

/** Keeps in which language the account is written to. */
export async function keepLang(tx: Tx, id: string, lang: Lang): Promise<void> {
  await sql`update identity.account set lang = ${lang} where id = ${id} and deleted_at is null`.execute(tx);
}

/** As `keepLang`, where none is known yet. */
export async function keepFirstLang(tx: Tx, id: string, lang: Lang): Promise<void> {
  await sql`update identity.account set lang = ${lang} where id = ${id} and lang is null and deleted_at is null`.execute(tx);
}

/** Marks the e-mail as belonging to the person. @returns whether it still is the account's e-mail */
export async function confirmEmail(tx: Tx, id: string, email: string, now: Temporal.Instant): Promise<boolean> {
  const done = await sql`update identity.account set email_confirmed_at = ${now}, changed_at = ${now}
    where id = ${id} and email = ${email} and deleted_at is null`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** Empties the account; the id stays for journal and files. */
export async function emptyAccount(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await sql`update identity.account set given_name = null, family_name = null, email = null, email_confirmed_at = null,
      birth_date = null, address = null, organisation = null, organisation_trust = null, sources = '{}', lang = null, changed_at = ${now}, deleted_at = ${now} where id = ${id}`.execute(
    tx,
  );
}

/** Removes registrations whose e-mail nobody confirmed; nothing can hang on them. @returns how many */
export const deleteUnconfirmed = (tx: Tx, before: Temporal.Instant): Promise<number> => deleteStale(tx, sql`a.created_at < ${before}`);

/** As `deleteUnconfirmed`, for the one address whose owner has just proven to be somebody else. */
export const deleteUnconfirmedOf = (tx: Tx, email: string): Promise<number> => deleteStale(tx, sql`a.email = ${email}`);

async function deleteStale(tx: Tx, which: RawBuilder<unknown>): Promise<number> {
  const found = await sql<{ id: string }>`select a.id from identity.account a where a.email_confirmed_at is null and a.deleted_at is null and ${which}
    and exists (select 1 from identity.password_login p where p.account_id = a.id)
    and not exists (select 1 from identity.eid_link l where l.account_id = a.id)
    and not exists (select 1 from identity.session s where s.account_id = a.id)
    and not exists (select 1 from identity.mailbox_message m where m.account_id = a.id) for update`.execute(tx);
  const ids = found.rows.map((row) => row.id);
  if (ids.length === 0) return 0;
  await sql`delete from identity.mail_link where account_id = any(${ids}::uuid[])`.execute(tx);
  await sql`delete from identity.password_login where account_id = any(${ids}::uuid[])`.execute(tx);
  await sql`delete from identity.account where id = any(${ids}::uuid[])`.execute(tx);
  return ids.length;
}

/** Keeps an e-mail that its owner has just proven. */
export async function setConfirmedEmail(tx: Tx, id: string, email: string, now: Temporal.Instant): Promise<void> {
  await sql`update identity.account set email = ${email}, email_confirmed_at = ${now}, changed_at = ${now},
      sources = sources || '{"email": "konto"}'::jsonb where id = ${id} and deleted_at is null`.execute(tx);
}
