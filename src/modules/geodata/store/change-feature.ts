import { sql } from 'kysely';
import { TAG } from './read-features.ts';
import type { Tx } from '../../../platform/database/port.ts';

export interface KeptFeature {
  readonly tag: string;
  readonly body: string;
}

/** The feature for changing; its collection is locked already. */
export async function lockFeature(tx: Tx, collectionId: string, id: string): Promise<KeptFeature | undefined> {
  const { rows } =
    await sql<KeptFeature>`select ${TAG} as tag, body from geodata.feature f where collection_id = ${collectionId} and id = ${id} for update`.execute(tx);
  return rows[0];
}

export async function deleteFeature(tx: Tx, collectionId: string, id: string): Promise<void> {
  await sql`delete from geodata.feature where collection_id = ${collectionId} and id = ${id}`.execute(tx);
}
