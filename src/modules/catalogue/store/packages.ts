import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** Keeps a package version for good. */
export async function insertPackageVersion(tx: Tx, row: { hash: string; key: string; version: string; files: object; at: Temporal.Instant }): Promise<void> {
  await sql`insert into catalogue.package_version (hash, key, version, files, first_seen)
    values (${row.hash}, ${row.key}, ${row.version}, ${row.files}, ${row.at}) on conflict (hash) do nothing`.execute(tx);
}

/** The files of a kept version. */
export async function findPackageVersion(db: Sql, hash: string): Promise<{ key: string; files: Record<string, string> } | undefined> {
  const found = await sql<{ key: string; files: Record<string, string> }>`
    select key, files from catalogue.package_version where hash = ${hash}`.execute(db);
  return found.rows[0];
}

/** Every kept version, oldest first. */
export async function listPackageVersions(db: Sql): Promise<{ hash: string; key: string; files: Record<string, string> }[]> {
  const rows = await sql<{ hash: string; key: string; files: Record<string, string> }>`
    select hash, key, files from catalogue.package_version order by first_seen`.execute(db);
  return rows.rows;
}
