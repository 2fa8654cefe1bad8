import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Checkpoint } from './figures.ts';

/** Tells with one small question whether what is in memory is still what is kept. */
export interface Stamp extends Checkpoint {
  /** Moves with every definition, source and imported figure. */
  readonly revision: number;
}

export async function readStamp(db: Sql): Promise<Stamp> {
  const { rows } = await sql<Stamp>`select seq, followed_at as "followedAt", first_at as "firstAt", revision from indicators.checkpoint`.execute(db);
  return rows[0]!;
}

/** Says that definitions, sources or imported figures are other than they were. */
export async function moveRevision(tx: Tx): Promise<void> {
  await sql`update indicators.checkpoint set revision = revision + 1`.execute(tx);
}
