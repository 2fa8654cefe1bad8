import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { RecoveryTimes } from '../domain/recovery.ts';
import type { StrongWays, WaysIn } from '../domain/ways-in.ts';

/** Codes that can still be used at an instant. */
const unused = (now: Temporal.Instant) => sql`used_at is null and (ends_at is null or ends_at > ${now})`;

/**
 * Keeps new codes; all older ones stop working.
 * @param spare older ones that go on working for a while: unused ones made before `madeBefore`
 */
export async function replaceCodes(
  tx: Tx,
  accountId: string,
  hmacs: readonly string[],
  now: Temporal.Instant,
  spare?: { readonly madeBefore: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<void> {
  if (spare === undefined) {
    await deleteCodes(tx, accountId);
  } else {
    await sql`delete from identity.recovery_code where account_id = ${accountId} and not (${unused(now)} and made_at <= ${spare.madeBefore})`.execute(tx);
    await sql`update identity.recovery_code set ends_at = ${spare.until} where account_id = ${accountId} and ends_at is null`.execute(tx);
  }
  await sql`insert into identity.recovery_code (code_hmac, account_id, made_at)
    select code, ${accountId}::uuid, ${now}::timestamptz from unnest(${[...hmacs]}::text[]) as code`.execute(tx);
}

/** @param after only those made after it; absent: all. @returns how many there were that had not been used */
export async function deleteCodes(tx: Tx, accountId: string, after?: Temporal.Instant): Promise<number> {
  const since = after === undefined ? sql`` : sql`and made_at > ${after} and made_at > (select created_at from identity.account where id = ${accountId})`;
  const done = await sql<{ unused: boolean }>`delete from identity.recovery_code where account_id = ${accountId} ${since}
    returning used_at is null as unused`.execute(tx);
  return done.rows.filter((one) => one.unused).length;
}

/** Uses a code up: of several askers exactly one gets in. */
export async function takeCode(tx: Tx, hmac: string, now: Temporal.Instant): Promise<{ accountId: string; madeAt: Temporal.Instant } | undefined> {
  const taken = await sql<{ accountId: string; madeAt: Temporal.Instant }>`update identity.recovery_code c set used_at = ${now}
    where code_hmac = ${hmac} and ${unused(now)}
      and exists (select 1 from identity.account a where a.id = c.account_id and a.deleted_at is null)
    returning account_id as "accountId", made_at as "madeAt"`.execute(tx);
  return taken.rows[0];
}

export interface CodeCount {
  readonly left: number;
  readonly madeAt: Temporal.Instant | null;
}

export async function countCodes(db: Sql, accountId: string): Promise<CodeCount> {
  const found = await sql<CodeCount>`select count(*) filter (where used_at is null)::int as left, max(made_at) as "madeAt"
    from identity.recovery_code where ends_at is null and account_id = ${accountId}`.execute(db);
  return found.rows[0]!;
}

/** The lasting ways into an account. */
export async function readWays(db: Sql, accountId: string): Promise<WaysIn> {
  const found = await sql<WaysIn>`select exists (select 1 from identity.password_login where account_id = ${accountId}) as password,
    (select count(*)::int from identity.passkey where account_id = ${accountId}) as passkeys,
    (select count(*)::int from identity.eid_link where account_id = ${accountId}) as eids`.execute(db);
  return found.rows[0]!;
}

/** Since when there is each way that is stronger than mail. */
export async function readStrongWays(db: Sql, accountId: string, now: Temporal.Instant): Promise<StrongWays> {
  const all = await sql<{ kind: keyof Omit<StrongWays, 'accountSince'> | 'account'; since: Temporal.Instant }>`
    select 'account' as kind, created_at as since from identity.account where id = ${accountId}
    union all select 'passkeys', created_at from identity.passkey where account_id = ${accountId}
    union all select 'eids', linked_at from identity.eid_link where account_id = ${accountId}
    union all select 'codes', made_at from identity.recovery_code where account_id = ${accountId} and ${unused(now)}`.execute(db);
  const of = (kind: string): Temporal.Instant[] => all.rows.filter((one) => one.kind === kind).map(({ since }) => since);
  return { accountSince: of('account')[0]!, passkeys: of('passkeys'), eids: of('eids'), codes: of('codes') };
}

/** Ends passkeys and cards that came after an instant, but not those that the account began with. */
export async function endWaysSince(tx: Tx, accountId: string, after: Temporal.Instant): Promise<{ passkeys: string[]; eids: number }> {
  const born = sql`(select created_at from identity.account where id = ${accountId})`;
  const passkeys = await sql<{ id: string }>`delete from identity.passkey
    where account_id = ${accountId} and created_at > ${after} and created_at > ${born} returning id`.execute(tx);
  const eids = await sql`delete from identity.eid_link where account_id = ${accountId} and linked_at > ${after} and linked_at > ${born}`.execute(tx);
  return { passkeys: passkeys.rows.map(({ id }) => id), eids: Number(eids.numAffectedRows ?? 0) };
}

/** Accounts of persons with this confirmed address, oldest first. */
export async function accountsByEmail(db: Sql, email: string, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from identity.account
    where email = ${email} and email_confirmed_at is not null and deleted_at is null and organisation is null
    order by created_at, id limit ${limit}`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** A recovery by mail that runs. */
export interface Recovery extends RecoveryTimes {
  readonly id: string;
  readonly accountId: string;
  readonly email: string;
  readonly askedAt: Temporal.Instant;
  readonly halfTold: boolean;
  readonly opened: boolean;
}

const RUNNING = sql`select id, account_id as "accountId", email, asked_at as "askedAt", half_at as "halfAt", ready_at as "readyAt",
  expires_at as "expiresAt", half_told_at is not null as "halfTold", open_sha256 is not null as opened
  from identity.recovery where ended_at is null`;

/** @returns `false` when one runs already: asking again neither shortens nor lengthens it */
export async function insertRecovery(
  tx: Tx,
  one: RecoveryTimes & { id: string; accountId: string; email: string; cancelSha256: string; askedAt: Temporal.Instant },
): Promise<boolean> {
  const done = await sql`insert into identity.recovery (id, account_id, email, cancel_sha256, asked_at, half_at, ready_at, expires_at)
    values (${one.id}, ${one.accountId}, ${one.email}, ${one.cancelSha256}, ${one.askedAt}, ${one.halfAt}, ${one.readyAt}, ${one.expiresAt})
    on conflict do nothing`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

export async function runningRecovery(db: Sql, accountId: string): Promise<Recovery | undefined> {
  return (await sql<Recovery>`${RUNNING} and account_id = ${accountId}`.execute(db)).rows[0];
}

/** Ids of what may have a step due. */
export async function dueRecoveries(db: Sql, now: Temporal.Instant): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from identity.recovery where ended_at is null and half_at <= ${now}
    order by half_at, id`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** Locked until the transaction ends; `undefined` once it is over. */
export async function lockRecovery(tx: Tx, id: string): Promise<Recovery | undefined> {
  return (await sql<Recovery>`${RUNNING} and id = ${id} for update`.execute(tx)).rows[0];
}

/** The one that a link speaks of. */
export async function findRecoveryBy(db: Sql, link: 'open' | 'cancel', tokenSha256: string): Promise<Recovery | undefined> {
  const column = link === 'open' ? sql`open_sha256` : sql`cancel_sha256`;
  return (await sql<Recovery>`${RUNNING} and ${column} = ${tokenSha256}`.execute(db)).rows[0];
}

export async function markHalfTold(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await sql`update identity.recovery set half_told_at = ${now} where id = ${id}`.execute(tx);
}

export async function keepOpenLink(tx: Tx, id: string, tokenSha256: string): Promise<void> {
  await sql`update identity.recovery set open_sha256 = ${tokenSha256} where id = ${id}`.execute(tx);
}

/** @returns whether it was running until now */
export async function endRecovery(tx: Tx, id: string, outcome: 'cancelled' | 'used' | 'expired', now: Temporal.Instant): Promise<boolean> {
  const done = await sql`update identity.recovery set ended_at = ${now}, outcome = ${outcome} where id = ${id} and ended_at is null`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** Ends what runs for the account. @returns its id */
export async function cancelRecoveryOf(tx: Tx, accountId: string, now: Temporal.Instant): Promise<string | undefined> {
  const done = await sql<{ id: string }>`update identity.recovery set ended_at = ${now}, outcome = 'cancelled'
    where account_id = ${accountId} and ended_at is null returning id`.execute(tx);
  return done.rows[0]?.id;
}

/** Forgets recoveries that ended long ago. @returns how many */
export async function forgetRecoveries(tx: Tx, before: Temporal.Instant): Promise<number> {
  const done = await sql`delete from identity.recovery where ended_at < ${before}`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}
