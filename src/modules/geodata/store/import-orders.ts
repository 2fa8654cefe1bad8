import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { ImportOrder, OrderState, OrderWish } from '../domain/import-order.ts';

const ORDER = sql`o.id, o.collection_id as "collectionId", c.title as "collectionTitle", o.name, o.url, o.file, o.size_bytes as "sizeBytes", o.wish, o.state,
  coalesce(o.message, r.message) as message, o.notes, o.run_id as "runId", o.ordered_at as "orderedAt", o.ended_at as "endedAt",
  coalesce(r.rows_read, 0) as "rowsRead", coalesce(r.created, 0) as created, coalesce(r.changed, 0) as changed, coalesce(r.unchanged, 0) as unchanged,
  coalesce(r.rejected, 0) as rejected`;
const FROM = sql`geodata.import_order o join geodata.collection c on c.id = o.collection_id left join geodata.import_run r on r.id = o.run_id`;

export interface NewOrder {
  readonly id: string;
  readonly collectionId: string;
  readonly name: string;
  readonly url?: string;
  readonly file?: string;
  readonly sizeBytes?: number;
  readonly wish: OrderWish;
  readonly orderedBy: string;
}

export async function insertOrder(tx: Tx, one: NewOrder, now: Temporal.Instant): Promise<void> {
  await sql`insert into geodata.import_order (id, collection_id, name, url, file, size_bytes, wish, state, ordered_by, ordered_at)
    values (${one.id}, ${one.collectionId}, ${one.name}, ${one.url ?? null}, ${one.file ?? null}, ${one.sizeBytes ?? null}, ${JSON.stringify(one.wish)}::jsonb,
      'waiting', ${one.orderedBy}, ${now.toString()}::timestamptz)`.execute(tx);
}

export async function findOrder(db: Sql, id: string): Promise<ImportOrder | undefined> {
  return (await sql<ImportOrder>`select ${ORDER} from ${FROM} where o.id = ${id}`.execute(db)).rows[0];
}

/** Where a page of orders ends. */
export type OrderEnd = Pick<ImportOrder, 'orderedAt' | 'id'>;

/** Newest first. */
export async function listOrders(
  db: Sql,
  { collection, before, limit }: { readonly collection?: string; readonly before?: OrderEnd; readonly limit: number },
): Promise<readonly ImportOrder[]> {
  const { rows } = await sql<ImportOrder>`select ${ORDER} from ${FROM}
    where ${collection === undefined ? sql`true` : sql`o.collection_id = ${collection}`}
      and ${before === undefined ? sql`true` : sql`(o.ordered_at, o.id) < (${before.orderedAt.toString()}::timestamptz, ${before.id}::uuid)`}
    order by o.ordered_at desc, o.id desc limit ${limit}`.execute(db);
  return rows;
}

export interface OrderChange {
  readonly state?: OrderState;
  readonly message?: string;
  readonly file?: string;
  readonly name?: string;
  readonly sizeBytes?: number;
  readonly notes?: readonly string[];
  readonly runId?: string;
  readonly endedAt?: Temporal.Instant;
}

/** Changes an order that is still open. @returns `false` when it is not any more */
export async function changeOrder(tx: Tx, id: string, change: OrderChange): Promise<boolean> {
  const { rows } =
    await sql`update geodata.import_order set state = coalesce(${change.state ?? null}, state), message = coalesce(${change.message ?? null}, message),
    file = coalesce(${change.file ?? null}, file), name = coalesce(${change.name ?? null}, name), size_bytes = coalesce(${change.sizeBytes ?? null}::bigint, size_bytes),
    notes = coalesce(${change.notes === undefined ? null : JSON.stringify(change.notes)}::jsonb, notes), run_id = coalesce(${change.runId ?? null}::uuid, run_id),
    ended_at = ${change.endedAt?.toString() ?? null}::timestamptz
    where id = ${id} and state in ('waiting', 'fetching', 'reading') returning 1`.execute(tx);
  return rows.length > 0;
}

/** Files that orders still need. */
export async function neededFiles(db: Sql): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    file: string;
  }>`select file from geodata.import_order where file is not null and state in ('waiting', 'fetching', 'reading')`.execute(db);
  return new Set(rows.map(({ file }) => file));
}

/** What the administration sees of a collection's imports. */
export interface LastImport {
  readonly collectionId: string;
  readonly rowsRead: number;
  readonly rejected: number;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly startedAt: Temporal.Instant;
}

export async function lastImports(db: Sql): Promise<ReadonlyMap<string, LastImport>> {
  const { rows } = await sql<LastImport>`select distinct on (collection_id) collection_id as "collectionId", rows_read as "rowsRead", rejected, state,
    started_at as "startedAt" from geodata.import_run order by collection_id, started_at desc`.execute(db);
  return new Map(rows.map((row) => [row.collectionId, row]));
}
