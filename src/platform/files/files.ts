import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Sql, Tx } from '../database/port.ts';

/** Keeps bytes by their content; the same bytes are kept once. @returns lower-case hex SHA-256 */
export async function putFile(tx: Tx, bytes: Uint8Array, mediaType: string): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await sql`insert into platform.blob (sha256, media_type, size_bytes, bytes)
    values (${sha256}, ${mediaType}, ${bytes.byteLength}, ${bytes}) on conflict (sha256) do nothing`.execute(tx);
  return sha256;
}

export interface StoredFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** The bytes kept under `sha256`, or `undefined`. Whether the reader may see them is the caller's question. */
export async function getFile(db: Sql, sha256: string): Promise<StoredFile | undefined> {
  const found = await sql<{ bytes: Uint8Array; media_type: string }>`
    select bytes, media_type from platform.blob where sha256 = ${sha256}`.execute(db);
  const row = found.rows[0];
  return row === undefined ? undefined : { bytes: row.bytes, mediaType: row.media_type };
}

/** Deletes bytes nobody points to any more (export and erasure, § 29 VwVfG files excepted). */
export async function deleteFile(tx: Tx, sha256: string): Promise<void> {
  await sql`delete from platform.blob where sha256 = ${sha256}`.execute(tx);
}
