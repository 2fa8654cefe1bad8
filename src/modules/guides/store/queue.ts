import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { QueueNumber } from '../domain/queue.ts';

const COLUMNS = sql`id, place_id as "placeId", number, state, drawn_at as "drawnAt", called_at as "calledAt", desk`;

/** The next number of the day; the place is held by the caller. */
export async function drawNumber(
  tx: Tx,
  one: { readonly id: string; readonly placeId: string; readonly day: Temporal.PlainDate; readonly codeHash: string; readonly now: Temporal.Instant },
): Promise<QueueNumber> {
  const { rows } = await sql<QueueNumber>`insert into guides.queue_number (id, place_id, day, number, code_hash, state, drawn_at)
    select ${one.id}::uuid, ${one.placeId}::uuid, ${one.day}::date, coalesce(max(number), 0) + 1, ${one.codeHash}, 'waiting', ${one.now}::timestamptz
      from guides.queue_number where place_id = ${one.placeId} and day = ${one.day}::date
    returning ${COLUMNS}`.execute(tx);
  return rows[0]!;
}

export async function findNumber(db: Sql, codeHash: string): Promise<(QueueNumber & { readonly day: Temporal.PlainDate }) | undefined> {
  const { rows } = await sql<
    QueueNumber & { readonly day: Temporal.PlainDate }
  >`select ${COLUMNS}, day from guides.queue_number where code_hash = ${codeHash}`.execute(db);
  return rows[0];
}

export async function lockNumber(tx: Tx, codeHash: string): Promise<QueueNumber | undefined> {
  const { rows } = await sql<QueueNumber>`select ${COLUMNS} from guides.queue_number where code_hash = ${codeHash} for update`.execute(tx);
  return rows[0];
}

/** How many wait at a place today, before `number` where one is given. */
export async function countWaiting(db: Sql, placeId: string, day: Temporal.PlainDate, number?: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from guides.queue_number where place_id = ${placeId} and day = ${day}::date
    and state = 'waiting' and ${number === undefined ? sql`true` : sql`number < ${number}`}`.execute(db);
  return rows[0]!.n;
}

/** Numbers that have been called and not ended, latest first. */
export async function listCalled(db: Sql, placeId: string, day: Temporal.PlainDate): Promise<readonly QueueNumber[]> {
  const { rows } = await sql<QueueNumber>`select ${COLUMNS} from guides.queue_number where place_id = ${placeId} and day = ${day}::date and state = 'called'
    order by called_at desc, number desc limit 20`.execute(db);
  return rows;
}

/** Who did not come today, the latest first. */
export async function listAbsent(db: Sql, placeId: string, day: Temporal.PlainDate): Promise<readonly QueueNumber[]> {
  const { rows } = await sql<QueueNumber>`select ${COLUMNS} from guides.queue_number where place_id = ${placeId} and day = ${day}::date and state = 'absent'
    order by ended_at desc, number desc limit 20`.execute(db);
  return rows;
}

/** A number that did not come, or that this guide has called and that has not come yet, held. */
export async function lockMissed(
  tx: Tx,
  one: { readonly placeId: string; readonly day: Temporal.PlainDate; readonly number: number; readonly staffId: string },
): Promise<QueueNumber | undefined> {
  const { rows } = await sql<QueueNumber>`select ${COLUMNS} from guides.queue_number where place_id = ${one.placeId} and day = ${one.day}::date
    and number = ${one.number} and (state = 'absent' or (state = 'called' and called_by = ${one.staffId})) for update`.execute(tx);
  return rows[0];
}

export async function callAgain(
  tx: Tx,
  id: string,
  { staffId, desk, now }: { readonly staffId: string; readonly desk: string; readonly now: Temporal.Instant },
): Promise<void> {
  await sql`update guides.queue_number set state = 'called', called_at = ${now}, called_by = ${staffId}, desk = ${desk}, ended_at = null
    where id = ${id}`.execute(tx);
}

/** Ends what days before this one have left open. */
export async function closeNumbersBefore(tx: Tx, day: Temporal.PlainDate, now: Temporal.Instant): Promise<readonly QueueNumber[]> {
  const { rows } = await sql<QueueNumber>`update guides.queue_number set state = 'closed', ended_at = ${now}
    where day < ${day}::date and state in ('waiting', 'called') returning ${COLUMNS}`.execute(tx);
  return rows;
}

/** The number this guide called last and has not ended, held. */
export async function lockCalledBy(tx: Tx, placeId: string, day: Temporal.PlainDate, staffId: string): Promise<QueueNumber | undefined> {
  const { rows } = await sql<QueueNumber>`select ${COLUMNS} from guides.queue_number where place_id = ${placeId} and day = ${day}::date and state = 'called'
    and called_by = ${staffId} order by called_at desc limit 1 for update`.execute(tx);
  return rows[0];
}

/** As `lockCalledBy`, to look at. */
export async function findCalledBy(db: Sql, placeId: string, day: Temporal.PlainDate, staffId: string): Promise<QueueNumber | undefined> {
  const { rows } = await sql<QueueNumber>`select ${COLUMNS} from guides.queue_number where place_id = ${placeId} and day = ${day}::date and state = 'called'
    and called_by = ${staffId} order by called_at desc limit 1`.execute(db);
  return rows[0];
}

/** Calls the longest waiting; two guides never call the same. */
export async function callNext(
  tx: Tx,
  call: { readonly placeId: string; readonly day: Temporal.PlainDate; readonly staffId: string; readonly desk: string; readonly now: Temporal.Instant },
): Promise<QueueNumber | undefined> {
  const { rows } =
    await sql<QueueNumber>`update guides.queue_number set state = 'called', called_at = ${call.now}, called_by = ${call.staffId}, desk = ${call.desk}
    where id = (select id from guides.queue_number where place_id = ${call.placeId} and day = ${call.day}::date and state = 'waiting'
      order by number limit 1 for update skip locked) returning ${COLUMNS}`.execute(tx);
  return rows[0];
}

export async function endNumber(tx: Tx, id: string, state: 'served' | 'absent' | 'left', now: Temporal.Instant): Promise<void> {
  await sql`update guides.queue_number set state = ${state}, ended_at = ${now} where id = ${id}`.execute(tx);
}

/** Measured helps at a place in seconds, the latest; what was closed in a moment or forgotten for hours is none. */
export async function servedSeconds(db: Sql, placeId: string): Promise<readonly number[]> {
  const { rows } = await sql<{ seconds: number }>`select extract(epoch from ended_at - called_at)::double precision as seconds from guides.queue_number
    where place_id = ${placeId} and state = 'served' and ended_at - called_at between interval '30 seconds' and interval '2 hours'
    order by ended_at desc limit 200`.execute(db);
  return rows.map(({ seconds }) => seconds);
}

/** How many guides have called somebody since then. */
export async function countGuides(db: Sql, placeId: string, since: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(distinct called_by) as n from guides.queue_number where place_id = ${placeId} and called_at >= ${since}`.execute(db);
  return rows[0]!.n;
}

/** @returns how many were deleted */
export async function deleteNumbersBefore(tx: Tx, before: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`delete from guides.queue_number where drawn_at < ${before}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
