import { sql } from 'kysely';
import type { Sql } from '../database/port.ts';
import type { ChainRow } from './chain.ts';

/** Rows of one stream as they are hashed, the oldest first: for those who prove them elsewhere. */
export async function readChain(db: Sql, stream: string): Promise<ChainRow[]> {
  const { rows } = await sql<ChainRow>`select seq, at, stream, kind, actor, payload, previous_hash, hash from platform.journal
    where stream = ${stream} order by seq`.execute(db);
  return rows;
}
