import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** An entry of a bank statement without a claim. */
export interface Unassigned {
  readonly id: string;
  readonly authority: string;
  readonly amountCents: number;
  readonly bookedOn: Temporal.PlainDate;
  /** What the payer wrote. */
  readonly words: string;
}

/** @returns false when this entry was read before */
export async function rememberEntry(tx: Tx, id: string, at: Temporal.Instant): Promise<boolean> {
  const inserted = await sql`insert into payment.statement_entry (id, imported_at) values (${id}, ${at}) on conflict do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}

export async function insertUnassigned(tx: Tx, entry: Unassigned, at: Temporal.Instant): Promise<void> {
  await sql`insert into payment.unassigned (id, authority, amount_cents, booked_on, words, imported_at)
    values (${entry.id}, ${entry.authority}, ${entry.amountCents}, ${entry.bookedOn}, ${entry.words}, ${at}) on conflict do nothing`.execute(tx);
}

const columns = sql`id, authority, amount_cents as "amountCents", booked_on as "bookedOn", words`;

export async function listUnassigned(db: Sql, authorities: readonly string[] | undefined, limit: number): Promise<Unassigned[]> {
  const rows = await sql<Unassigned>`select ${columns} from payment.unassigned where claim_id is null
    ${authorities === undefined ? sql`` : sql`and authority = any(${[...authorities]}::text[])`} order by booked_on, id limit ${limit}`.execute(db);
  return rows.rows;
}

/** The entry while nobody has assigned it, held until the transaction ends. */
export async function lockUnassigned(tx: Tx, id: string): Promise<Unassigned | undefined> {
  return (await sql<Unassigned>`select ${columns} from payment.unassigned where id = ${id} and claim_id is null for update`.execute(tx)).rows[0];
}

export async function assignEntry(tx: Tx, id: string, claimId: string): Promise<void> {
  await sql`update payment.unassigned set claim_id = ${claimId} where id = ${id}`.execute(tx);
}
