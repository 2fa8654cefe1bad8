import { sql } from 'kysely';
import type { Layer } from '../../../kernel/lage.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { FeedEntry } from '../domain/feed.ts';

/** Another server with which a Lage is shared. */
export interface Partner {
  readonly id: string;
  readonly lageId: string;
  readonly lageKey: string;
  readonly name: string;
  readonly state: 'waiting' | 'linked' | 'ended';
  readonly layers: readonly Layer[];
  readonly pictureSeq: number;
  readonly outN: number;
  readonly outHash: string;
  readonly url: string | null;
  readonly theirShare: string | null;
  readonly origin: string | null;
  readonly publicKey: string | null;
  readonly inN: number;
  readonly inHash: string;
  readonly heardAt: Temporal.Instant | null;
  readonly theirHead: number | null;
  readonly problem: string | null;
  readonly problemSince: Temporal.Instant | null;
  readonly madeAt: Temporal.Instant;
}

const COLUMNS = sql`id, lage_id as "lageId", lage_key as "lageKey", name, state, layers, picture_seq as "pictureSeq", out_n as "outN", out_hash as "outHash",
  url, their_share as "theirShare", origin, public_key as "publicKey", in_n as "inN", in_hash as "inHash", heard_at as "heardAt",
  their_head as "theirHead", problem, problem_since as "problemSince", made_at as "madeAt"`;

export async function listPartners(db: Sql, lageId: string): Promise<Partner[]> {
  const { rows } = await sql<Partner>`select ${COLUMNS} from federation.partner where lage_id = ${lageId} order by made_at, id limit 100`.execute(db);
  return rows;
}

export async function linkedPartners(db: Sql): Promise<Partner[]> {
  const { rows } = await sql<Partner>`select ${COLUMNS} from federation.partner where state = 'linked' order by id limit 200`.execute(db);
  return rows;
}

export async function findPartner(db: Sql, id: string): Promise<Partner | undefined> {
  const { rows } = await sql<Partner>`select ${COLUMNS} from federation.partner where id = ${id}`.execute(db);
  return rows[0];
}

export async function lockPartner(tx: Tx, id: string): Promise<Partner | undefined> {
  const { rows } = await sql<Partner>`select ${COLUMNS} from federation.partner where id = ${id} for update`.execute(tx);
  return rows[0];
}

export async function insertPartner(tx: Tx, one: Partner): Promise<void> {
  await sql`insert into federation.partner (id, lage_id, lage_key, name, state, layers, picture_seq, out_n, out_hash, in_n, in_hash, made_at)
    values (${one.id}, ${one.lageId}, ${one.lageKey}, ${one.name}, 'waiting', ${[...one.layers]}::text[], 0, 0, ${one.outHash}, 0, ${one.inHash}, ${one.madeAt})`.execute(
    tx,
  );
}

/** @returns `false` when this server is a partner of the Lage already */
export async function setLinked(
  tx: Tx,
  id: string,
  their: { readonly url: string; readonly share: string; readonly origin: string; readonly publicKey: string; readonly hash: string },
): Promise<boolean> {
  const { rows } = await sql`update federation.partner p set state = 'linked', url = ${their.url}, their_share = ${their.share}, origin = ${their.origin},
      public_key = ${their.publicKey}, in_hash = ${their.hash}, problem = null, problem_since = null
    where id = ${id} and not exists (select 1 from federation.partner o where o.lage_id = p.lage_id and o.origin = ${their.origin} and o.id <> p.id)
    returning 1`.execute(tx);
  return rows.length === 1;
}

/** The partner's name stays; another link to the same server can follow. */
export async function setEnded(tx: Tx, id: string): Promise<void> {
  await sql`update federation.partner set state = 'ended', origin = null where id = ${id}`.execute(tx);
}

export async function setLayers(tx: Tx, id: string, layers: readonly Layer[]): Promise<void> {
  await sql`update federation.partner set layers = ${[...layers]}::text[] where id = ${id}`.execute(tx);
}

/** Puts entries at the end of our feed, and says how far the picture has gone into it. */
export async function appendEntries(tx: Tx, partner: Partner, entries: readonly FeedEntry[], pictureSeq: number): Promise<void> {
  const last = entries.at(-1);
  if (entries.length > 0)
    await sql`insert into federation.entry (partner_id, n, kind, body, hash) select ${partner.id}::uuid, * from unnest(
      ${entries.map(({ n }) => n)}::bigint[], ${entries.map(({ kind }) => kind)}::text[], ${entries.map(({ body }) => JSON.stringify(body))}::jsonb[],
      ${entries.map(({ hash }) => hash)}::text[])`.execute(tx);
  await sql`update federation.partner set picture_seq = ${pictureSeq}, out_n = ${last?.n ?? partner.outN}, out_hash = ${last?.hash ?? partner.outHash}
    where id = ${partner.id}`.execute(tx);
}

/** Whether words with this id are in the feed already. */
export async function hasMessage(db: Sql, partnerId: string, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from federation.entry where partner_id = ${partnerId} and kind = 'message' and body->>'id' = ${id} limit 1`.execute(db);
  return rows.length > 0;
}

export async function entriesAfter(db: Sql, partnerId: string, after: number, limit: number): Promise<FeedEntry[]> {
  const { rows } = await sql<FeedEntry>`select n, kind, body, hash from federation.entry where partner_id = ${partnerId} and n > ${after}
    order by n limit ${limit}`.execute(db);
  return rows;
}

/** What was taken of the other side's feed. */
export async function setHeard(
  tx: Tx,
  id: string,
  { n, hash, head, at }: { readonly n: number; readonly hash: string; readonly head: number; readonly at: Temporal.Instant },
): Promise<void> {
  await sql`update federation.partner set in_n = ${n}, in_hash = ${hash}, their_head = ${head}, heard_at = ${at}, problem = null, problem_since = null
    where id = ${id}`.execute(tx);
}

export async function setProblem(db: Sql, id: string, problem: string, now: Temporal.Instant): Promise<void> {
  await sql`update federation.partner set problem = ${problem}, problem_since = coalesce(problem_since, ${now}) where id = ${id}`.execute(db);
}

export interface Refusal {
  readonly at: Temporal.Instant;
  readonly reason: string;
  readonly detail: string;
}

const REFUSALS_KEPT = 200;

export async function insertRefusals(tx: Tx, partnerId: string, refusals: readonly (Refusal & { readonly id: string })[]): Promise<void> {
  if (refusals.length === 0) return;
  await sql`insert into federation.refused (id, partner_id, at, reason, detail) select id, ${partnerId}::uuid, at, reason, detail from unnest(
    ${refusals.map(({ id }) => id)}::uuid[], ${refusals.map(({ at }) => at.toString())}::timestamptz[], ${refusals.map(({ reason }) => reason)}::text[],
    ${refusals.map(({ detail }) => detail)}::text[]) as r (id, at, reason, detail)`.execute(tx);
  await sql`delete from federation.refused where partner_id = ${partnerId} and id < (select min(id::text)::uuid from
    (select id from federation.refused where partner_id = ${partnerId} order by id desc limit ${REFUSALS_KEPT}) newest)`.execute(tx);
}

export async function listRefusals(db: Sql, partnerId: string): Promise<Refusal[]> {
  const { rows } = await sql<Refusal>`select at, reason, detail from federation.refused where partner_id = ${partnerId} order by id desc limit 50`.execute(db);
  return rows;
}

/** Drops the feeds of these Lagen. @returns how many entries */
export async function dropEntries(db: Sql, lageIds: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`delete from federation.entry e using federation.partner p
    where p.id = e.partner_id and p.lage_id = any(${[...lageIds]}::uuid[])`.execute(db);
  return Number(numAffectedRows ?? 0);
}
