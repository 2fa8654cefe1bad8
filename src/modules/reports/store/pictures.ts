import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

export interface KeptPicture {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Keeps a picture by its content; the same one is kept once. */
export async function keepPicture(tx: Tx, { sha256, mediaType, bytes }: KeptPicture & { readonly sha256: string }): Promise<void> {
  await sql`insert into reports.picture (sha256, media_type, bytes) values (${sha256}, ${mediaType}, ${bytes}) on conflict do nothing`.execute(tx);
}

/** A picture. Whether the reader may see it is the caller's question. */
export async function findPicture(db: Sql, sha256: string): Promise<KeptPicture | undefined> {
  const { rows } = await sql<KeptPicture>`select media_type as "mediaType", bytes from reports.picture where sha256 = ${sha256}`.execute(db);
  return rows[0];
}
