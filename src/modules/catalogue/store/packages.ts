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

/** When each kept version was first seen, oldest first. */
export async function listVersionDays(db: Sql): Promise<readonly { readonly hash: string; readonly key: string; readonly firstSeen: Temporal.Instant }[]> {
  const rows = await sql<{ hash: string; key: string; firstSeen: Temporal.Instant }>`
    select hash, key, first_seen as "firstSeen" from catalogue.package_version order by first_seen, version, hash`.execute(db);
  return rows.rows;
}

/** Every kept version, oldest first. */
export async function listPackageVersions(db: Sql): Promise<{ hash: string; key: string; files: Record<string, string> }[]> {
  const rows = await sql<{ hash: string; key: string; files: Record<string, string> }>`
    select hash, key, files from catalogue.package_version order by first_seen`.execute(db);
  return rows.rows;
}

/** @returns false where this version of the key was published before */
export async function insertPublication(tx: Tx, row: { key: string; version: string; hash: string; reason: string; at: Temporal.Instant }): Promise<boolean> {
  const done = await sql`insert into catalogue.publication (key, version, hash, reason, published_at)
    values (${row.key}, ${row.version}, ${row.hash}, ${row.reason}, ${row.at}) on conflict do nothing returning key`.execute(tx);
  return done.rows.length === 1;
}

/** A version that the administration has put into force, with its files. */
export interface KeptPublication {
  readonly key: string;
  readonly version: string;
  readonly hash: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Everything that was ever published. */
export async function listPublications(db: Sql): Promise<readonly KeptPublication[]> {
  const rows = await sql<KeptPublication>`select p.key, p.version, p.hash, v.files
    from catalogue.publication p join catalogue.package_version v using (hash) order by p.published_at`.execute(db);
  return rows.rows;
}
