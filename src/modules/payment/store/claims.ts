import { sql } from 'kysely';
import type { Owner } from '../../../kernel/actor.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Claim, ClaimStatus } from '../domain/claim.ts';

/** What lists need besides the state. */
export interface ClaimIndex {
  readonly status: ClaimStatus;
  readonly waitsHandOn: boolean;
}

/** Keeps a new claim. @returns false when one was demanded under this key before */
export async function insertClaim(tx: Tx, claim: Claim, key: string, index: ClaimIndex, at: Temporal.Instant): Promise<boolean> {
  const inserted = await sql`insert into payment.claim
    (id, demand_key, case_id, file_number, account_id, authority, kassenzeichen, status, due_on, amount_cents, waits_hand_on, version, state, changed_at)
    values (${claim.id}, ${key}, ${claim.caseId}, ${claim.fileNumber}, ${claim.accountId}, ${claim.authority}, ${claim.kassenzeichen}, ${index.status},
      ${claim.dueOn}, ${claim.amountCents}, ${index.waitsHandOn}, ${claim.version}, ${claim}, ${at})
    on conflict (demand_key) do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}

export async function updateClaim(tx: Tx, claim: Claim, index: ClaimIndex, at: Temporal.Instant): Promise<void> {
  await sql`update payment.claim set status = ${index.status}, waits_hand_on = ${index.waitsHandOn}, version = ${claim.version}, state = ${claim}, changed_at = ${at}
    where id = ${claim.id}`.execute(tx);
}

/** Makes the attempt rows match the claim. */
export async function replaceAttempts(tx: Tx, claim: Claim): Promise<void> {
  for (const { id, provider, plannedAt, step } of claim.attempts) {
    const running = step === 'planned' || step === 'started';
    await sql`insert into payment.attempt (id, claim_id, provider, planned_at, running) values (${id}, ${claim.id}, ${provider}, ${plannedAt}, ${running})
      on conflict (id) do update set running = excluded.running`.execute(tx);
  }
}

interface Row {
  readonly state: Claim;
}

const one = (rows: readonly Row[]): Claim | undefined => rows[0]?.state;

/** The claim, held until the transaction ends: whoever changes it waits for whoever changes it now. */
export async function lockClaim(tx: Tx, id: string): Promise<Claim | undefined> {
  return one((await sql<Row>`select state from payment.claim where id = ${id} for update`.execute(tx)).rows);
}

export async function findClaim(db: Sql, id: string): Promise<Claim | undefined> {
  return one((await sql<Row>`select state from payment.claim where id = ${id}`.execute(db)).rows);
}

export async function findClaimByKey(db: Sql, key: string): Promise<Claim | undefined> {
  return one((await sql<Row>`select state from payment.claim where demand_key = ${key}`.execute(db)).rows);
}

export async function findClaimIdByKassenzeichen(db: Sql, kassenzeichen: string): Promise<{ readonly id: string; readonly authority: string } | undefined> {
  return (await sql<{ id: string; authority: string }>`select id, authority from payment.claim where kassenzeichen = ${kassenzeichen}`.execute(db)).rows[0];
}

export async function findClaimIdOfAttempt(db: Sql, provider: string, attemptId: string): Promise<string | undefined> {
  const rows = await sql<{ id: string }>`select claim_id as id from payment.attempt where id = ${attemptId} and provider = ${provider}`.execute(db);
  return rows.rows[0]?.id;
}

export async function listClaimsOfCase(db: Sql, caseId: string): Promise<Claim[]> {
  return (await sql<Row>`select state from payment.claim where case_id = ${caseId} order by id`.execute(db)).rows.map(({ state }) => state);
}

/** Unpaid claims of accounts whose last day lies in these days, the next first; by index, whether of some or of all. */
export async function listClaimsDue(
  db: Sql,
  { from, until }: { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate },
  accountIds?: readonly string[],
): Promise<(Claim & { readonly accountId: string })[]> {
  const theirs = accountIds === undefined ? sql`and account_id is not null` : sql`and account_id = any(${[...accountIds]}::uuid[])`;
  const rows = await sql<{ state: Claim & { readonly accountId: string } }>`select state from payment.claim
    where status in ('open', 'partly') and due_on between ${from}::date and ${until}::date ${theirs} order by due_on, id`.execute(db);
  return rows.rows.map(({ state }) => state);
}

/** The owner's claims, newest first, after the id seen last. */
export async function listClaimsOfAccount(db: Sql, { accountId, services }: Owner, limit: number, before?: string): Promise<Claim[]> {
  const rows = await sql<Row>`select state from payment.claim where account_id = ${accountId}
    ${services === undefined ? sql`` : sql`and state->>'purpose' = any(${[...services]}::text[])`}
    ${before === undefined ? sql`` : sql`and id < ${before}::uuid`} order by id desc limit ${limit}`.execute(db);
  return rows.rows.map(({ state }) => state);
}

export interface DeskFilter {
  /** `undefined` sees every authority (revision). */
  readonly authorities: readonly string[] | undefined;
  readonly statuses: readonly ClaimStatus[] | undefined;
  readonly waitsHandOn: boolean;
  readonly limit: number;
  readonly before?: string;
}

/** Claims of the Kasse, newest first. */
export async function listClaimsOfDesk(db: Sql, { authorities, statuses, waitsHandOn, limit, before }: DeskFilter): Promise<Claim[]> {
  const rows = await sql<Row>`select state from payment.claim where true
    ${authorities === undefined ? sql`` : sql`and authority = any(${[...authorities]}::text[])`}
    ${statuses === undefined ? sql`` : sql`and status = any(${[...statuses]}::text[])`}
    ${waitsHandOn ? sql`and waits_hand_on` : sql``}
    ${before === undefined ? sql`` : sql`and id < ${before}::uuid`}
    order by id desc limit ${limit}`.execute(db);
  return rows.rows.map(({ state }) => state);
}

/** Next number for a Kassenzeichen; gaps are harmless. */
export async function nextClaimSerial(db: Sql): Promise<number> {
  return (await sql<{ serial: number }>`select nextval('payment.claim_serial') as serial`.execute(db)).rows[0]!.serial;
}

/** Claims that are late, oldest id first, after the one seen last. */
export async function overdueClaims(db: Sql, today: Temporal.PlainDate, limit: number, after?: string): Promise<string[]> {
  const rows = await sql<{ id: string }>`select id from payment.claim where status in ('open', 'partly') and due_on < ${today}
    ${after === undefined ? sql`` : sql`and id > ${after}::uuid`} order by id limit ${limit}`.execute(db);
  return rows.rows.map(({ id }) => id);
}

export interface RunningAttempt {
  readonly id: string;
  readonly claimId: string;
  readonly provider: string;
  readonly plannedAt: Temporal.Instant;
}

/** Attempts nobody has seen end, planned before the instant, oldest first. */
export async function attemptsBefore(db: Sql, before: Temporal.Instant, limit: number): Promise<RunningAttempt[]> {
  const rows = await sql<RunningAttempt>`select id, claim_id as "claimId", provider, planned_at as "plannedAt" from payment.attempt
    where running and planned_at < ${before} order by planned_at limit ${limit}`.execute(db);
  return rows.rows;
}

/** Remembers a message. @returns false when it had been taken in before */
export async function insertNotification(tx: Tx, provider: string, messageId: string, at: Temporal.Instant): Promise<boolean> {
  const inserted = await sql`insert into payment.notification (provider, message_id, received_at) values (${provider}, ${messageId}, ${at})
    on conflict do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}
