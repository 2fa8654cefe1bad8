import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Version } from '../domain/items.ts';

/** Number of the last version. */
export async function headOf(db: Sql): Promise<number> {
  return (await sql<{ seq: number }>`select seq from cockpit.head`.execute(db)).rows[0]!.seq;
}

/** Holds the strategy: nobody else changes it until the transaction ends. */
export async function lockHead(tx: Tx): Promise<number> {
  return (await sql<{ seq: number }>`select seq from cockpit.head for update`.execute(tx)).rows[0]!.seq;
}

/** Every version, oldest first. */
export async function listVersions(db: Sql): Promise<Version[]> {
  return (await sql<Version>`select seq, kind, key, version, facts, reason, at, decision from cockpit.version order by seq`.execute(db)).rows;
}

/** Adds versions, and moves the head; call it under `lockHead`. */
export async function insertVersions(tx: Tx, all: readonly Version[]): Promise<void> {
  for (const { seq, kind, key, version, facts, reason, at, decision } of all)
    await sql`insert into cockpit.version (seq, kind, key, version, facts, reason, at, decision)
      values (${seq}, ${kind}, ${key}, ${version}, ${facts === null ? null : JSON.stringify(facts)}::jsonb, ${reason}, ${at}, ${decision ?? null})`.execute(tx);
  await sql`update cockpit.head set seq = ${all.at(-1)!.seq}`.execute(tx);
}
