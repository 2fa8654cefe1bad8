import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** A file that an applicant handed in, or is about to. */
export interface UploadRow {
  readonly id: string;
  /** Draft or case; both have the same id. */
  readonly ownerId: string;
  /** Whose file it is; null for the authority's own, and where the applicant has no account. */
  readonly accountId: string | null;
  /** The applicant's, not the authority's own. */
  readonly byApplicant: boolean;
  /** Document id of the package, with the item where there are several: `foto.2`. */
  readonly slot: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly uploadedAt: Temporal.Instant;
  readonly submitted: boolean;
  /** The file whose next version this one is. */
  readonly replaces: string | null;
}

const columns = sql`id, owner_id as "ownerId", account_id as "accountId", account_id is not null or by_applicant as "byApplicant", slot, file_name as "fileName",
  media_type as "mediaType", size_bytes as "sizeBytes", sha256, uploaded_at as "uploadedAt", submitted, replaces`;

export async function insertUpload(tx: Tx, upload: UploadRow): Promise<void> {
  await sql`insert into procedure.upload (id, owner_id, account_id, by_applicant, slot, file_name, media_type, size_bytes, sha256, uploaded_at, submitted, replaces)
    values (${upload.id}, ${upload.ownerId}, ${upload.accountId}, ${upload.byApplicant}, ${upload.slot}, ${upload.fileName}, ${upload.mediaType},
      ${upload.sizeBytes}, ${upload.sha256}, ${upload.uploadedAt}, ${upload.submitted}, ${upload.replaces})`.execute(tx);
}

/** All files of a draft or case, oldest first. */
export async function listUploads(db: Sql, ownerId: string): Promise<UploadRow[]> {
  const rows = await sql<UploadRow>`select ${columns} from procedure.upload where owner_id = ${ownerId} order by uploaded_at, id`.execute(db);
  return rows.rows;
}

export async function findUpload(db: Sql, ownerId: string, id: string): Promise<UploadRow | undefined> {
  const rows = await sql<UploadRow>`select ${columns} from procedure.upload where owner_id = ${ownerId} and id = ${id}`.execute(db);
  return rows.rows[0];
}

/** Removes a file that has not been submitted. @returns its hash when nobody else points to the bytes */
export async function removeUpload(tx: Tx, ownerId: string, id: string): Promise<{ removed: boolean; orphan?: string }> {
  const removed = await sql<{ sha256: string }>`delete from procedure.upload
    where owner_id = ${ownerId} and id = ${id} and not submitted returning sha256`.execute(tx);
  const sha256 = removed.rows[0]?.sha256;
  if (sha256 === undefined) return { removed: false };
  const [orphan] = await orphansOf(tx, [sha256]);
  return { removed: true, ...(orphan !== undefined && { orphan }) };
}

/** Removes all files of a draft. @returns the hashes that nobody else points to */
export async function removeUploadsOf(tx: Tx, ownerId: string): Promise<readonly string[]> {
  const removed = await sql<{ sha256: string }>`delete from procedure.upload where owner_id = ${ownerId} and not submitted returning sha256`.execute(tx);
  return orphansOf(tx, [...new Set(removed.rows.map(({ sha256 }) => sha256))]);
}

/** Of these hashes those that no file and no letter has: an applicant may hand in what the city wrote. */
async function orphansOf(tx: Tx, hashes: readonly string[]): Promise<string[]> {
  const rows = await sql<{ sha256: string }>`select h.sha256 from unnest(${[...hashes]}::text[]) h(sha256)
    where not exists (select 1 from procedure.upload u where u.sha256 = h.sha256)
      and not exists (select 1 from procedure.letter l where l.sha256 = h.sha256)`.execute(tx);
  return rows.rows.map(({ sha256 }) => sha256);
}

/** Marks everything handed in so far as submitted. @returns the files that became part of the case now, oldest first */
export async function submitUploads(tx: Tx, ownerId: string): Promise<UploadRow[]> {
  const rows = await sql<UploadRow>`with handed as (
      update procedure.upload set submitted = true where owner_id = ${ownerId} and not submitted returning *)
    select ${columns} from handed order by uploaded_at, id`.execute(tx);
  return rows.rows;
}
