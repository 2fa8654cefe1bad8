import { sql } from 'kysely';
import type { Owner } from '../../../kernel/actor.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Channel } from '../domain/events.ts';

/** An application being filled in. */
export interface Draft {
  readonly id: string;
  readonly accountId: string;
  readonly service: string;
  readonly packageHash: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly channel: Channel;
  readonly updatedAt: Temporal.Instant;
  /** The campaign's link that led here, see `ORIGIN` in kernel/usage.ts. */
  readonly origin?: string;
  /** The page that was last worked at. */
  readonly lastPage?: string;
  /** Since when its deletion is announced; any save takes it back. */
  readonly announcedOn?: Temporal.PlainDate;
}

interface Row {
  id: string;
  account_id: string;
  service: string;
  package_hash: string;
  answers: Record<string, unknown>;
  channel: Channel;
  updated_at: Temporal.Instant;
  origin: string | null;
  last_page: string | null;
  announced_on: Temporal.PlainDate | null;
}

const toDraft = (row: Row): Draft => ({
  id: row.id,
  accountId: row.account_id,
  service: row.service,
  packageHash: row.package_hash,
  answers: row.answers,
  channel: row.channel,
  updatedAt: row.updated_at,
  ...(row.origin === null ? {} : { origin: row.origin }),
  ...(row.last_page === null ? {} : { lastPage: row.last_page }),
  ...(row.announced_on === null ? {} : { announcedOn: row.announced_on }),
});

export async function insertDraft(tx: Tx, draft: Draft): Promise<void> {
  await sql`insert into procedure.draft (id, account_id, service, package_hash, answers, channel, created_at, updated_at, origin)
    values (${draft.id}, ${draft.accountId}, ${draft.service}, ${draft.packageHash}, ${draft.answers}, ${draft.channel},
      ${draft.updatedAt}, ${draft.updatedAt}, ${draft.origin ?? null})`.execute(tx);
}

/** The owner's drafts: all of the account's, or those of the services of a limited mandate. */
const ownedBy = ({ accountId, services }: Owner) =>
  services === undefined ? sql`account_id = ${accountId}` : sql`account_id = ${accountId} and service = any(${[...services]}::text[])`;

/** The draft, if it is this owner's. */
export async function findDraft(db: Sql, id: string, owner: Owner): Promise<Draft | undefined> {
  const found = await sql<Row>`select * from procedure.draft where id = ${id} and ${ownedBy(owner)}`.execute(db);
  const row = found.rows[0];
  return row && toDraft(row);
}

/** As `findDraft`, locked until the transaction ends: two devices save one after the other. */
export async function lockDraft(tx: Tx, id: string, owner: Owner): Promise<Draft | undefined> {
  const found = await sql<Row>`select * from procedure.draft where id = ${id} and ${ownedBy(owner)} for update`.execute(tx);
  const row = found.rows[0];
  return row && toDraft(row);
}

/** A draft for those who are asked to sign it; whether they are, the caller has found out. */
export async function readDraft(db: Sql, id: string): Promise<Draft | undefined> {
  const row = (await sql<Row>`select * from procedure.draft where id = ${id}`.execute(db)).rows[0];
  return row && toDraft(row);
}

/** As `readDraft`, locked until the transaction ends: a signature and a change wait for each other. */
export async function lockForSigning(tx: Tx, id: string): Promise<Draft | undefined> {
  const row = (await sql<Row>`select * from procedure.draft where id = ${id} for update`.execute(tx)).rows[0];
  return row && toDraft(row);
}

/** The owner's drafts, last worked on first. */
export async function listDrafts(db: Sql, owner: Owner): Promise<Draft[]> {
  const rows = await sql<Row>`select * from procedure.draft where ${ownedBy(owner)} order by updated_at desc limit 100`.execute(db);
  return rows.rows.map(toDraft);
}

export async function updateDraft(tx: Tx, draft: Draft): Promise<void> {
  await sql`update procedure.draft set answers = ${draft.answers}, channel = ${draft.channel}, updated_at = ${draft.updatedAt},
    last_page = ${draft.lastPage ?? null}, announced_on = null
    where id = ${draft.id}`.execute(tx);
}

/** Somebody works on it: its files changed, or who signs it. */
export async function touchDraft(tx: Tx, id: string, at: Temporal.Instant): Promise<void> {
  await sql`update procedure.draft set updated_at = ${at}, announced_on = null where id = ${id}`.execute(tx);
}

/** @returns whether there was one */
export async function deleteDraft(tx: Tx, id: string): Promise<boolean> {
  const deleted = await sql`delete from procedure.draft where id = ${id}`.execute(tx);
  return Number(deleted.numAffectedRows ?? 0) === 1;
}
