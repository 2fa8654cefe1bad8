import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { KeptBlock, TextBlock } from '../domain/text-block.ts';

type Row = Omit<KeptBlock, 'service'> & { readonly service: string | null };

const toBlock = ({ service, ...row }: Row): KeptBlock => ({ ...row, ...(service === null ? {} : { service }) });

/** All of the city, at most so many. */
export async function listBlocks(db: Sql, staffId: string, limit: number): Promise<readonly KeptBlock[]> {
  const { rows } = await sql<Row>`select key, kind, service, tone, title, text, version, owner_name as owner, owner = ${staffId} as own
    from assistant.block order by kind, title, key limit ${limit}`.execute(db);
  return rows.map(toBlock);
}

/** @returns `false` when the key is taken */
export async function insertBlock(tx: Tx, owner: string, block: TextBlock, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`insert into assistant.block (key, owner, owner_name, kind, service, tone, version, title, text, created_at, changed_at)
    values (${block.key}, ${owner}, ${block.owner}, ${block.kind}, ${block.service ?? null}, ${block.tone}, 1, ${block.title}, ${block.text}, ${now}, ${now})
    on conflict do nothing returning 1`.execute(tx);
  if (rows.length === 1) await keepVersion(tx, block, 1, now);
  return rows.length === 1;
}

async function keepVersion(tx: Tx, { key, title, text }: TextBlock, version: number, now: Temporal.Instant): Promise<void> {
  await sql`insert into assistant.block_version (key, version, title, text, changed_at) values (${key}, ${version}, ${title}, ${text}, ${now})`.execute(tx);
}

/** A new version. @returns its number; `undefined` when it is not the owner's, or not the version they saw */
export async function updateBlock(tx: Tx, owner: string, block: TextBlock, now: Temporal.Instant): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`update assistant.block set version = version + 1, kind = ${block.kind}, service = ${block.service ?? null},
    tone = ${block.tone}, title = ${block.title}, text = ${block.text}, changed_at = ${now}
    where key = ${block.key} and owner = ${owner} and version = ${block.version} returning version`.execute(tx);
  const version = rows[0]?.version;
  if (version !== undefined) await keepVersion(tx, block, version, now);
  return version;
}
