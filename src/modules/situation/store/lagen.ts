import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Lage } from '../domain/lage.ts';

const COLUMNS = sql`l.id, l.key, l.title, l.hazard, l.exercise, l.state, l.led_by as "ledBy", l.origin, l.takes_public_reports as "takesPublicReports",
  l.opened_at as "openedAt", l.closed_at as "closedAt", l.closed_because as "closedBecause"`;
export { COLUMNS as LAGE_COLUMNS };

/** What cannot be a key is none: a database would not even read it. */
export const isLageKey = (text: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60 && text !== 'neu';

export async function findLage(db: Sql, key: string): Promise<Lage | undefined> {
  if (!isLageKey(key)) return undefined;
  const { rows } = await sql<Lage>`select ${COLUMNS} from situation.lage l where l.key = ${key}`.execute(db);
  return rows[0];
}

export async function findLageById(db: Sql, id: string): Promise<Lage | undefined> {
  const { rows } = await sql<Lage>`select ${COLUMNS} from situation.lage l where l.id = ${id}`.execute(db);
  return rows[0];
}

/** Open ones, the newest first. */
export async function listOpen(db: Sql): Promise<Lage[]> {
  const { rows } = await sql<Lage>`select ${COLUMNS} from situation.lage l where l.state = 'open' order by l.opened_at desc, l.id desc`.execute(db);
  return rows;
}

/** Those that have ended. */
export async function listClosed(db: Sql): Promise<Lage[]> {
  return (await sql<Lage>`select ${COLUMNS} from situation.lage l where l.state = 'closed' order by l.closed_at`.execute(db)).rows;
}

/** Those a person belongs to, the newest first; a page after the place of the last one. */
export async function listOf(
  db: Sql,
  who: { readonly staffId: string } | { readonly memberId: string },
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<Lage[]> {
  const mine = 'staffId' in who ? sql`m.staff_id = ${who.staffId}::uuid` : sql`m.id = ${who.memberId}::uuid`;
  const { rows } = await sql<Lage>`select ${COLUMNS} from situation.lage l
    where exists (select 1 from situation.member m where m.lage_id = l.id and m.ended_at is null and ${mine})
      and ${after === undefined ? sql`true` : sql`l.id < ${after}::uuid`}
    order by l.id desc limit ${limit}`.execute(db);
  return rows;
}

/** @returns `false` when the key is taken */
export async function insertLage(tx: Tx, one: Lage): Promise<boolean> {
  const { rows } = await sql`insert into situation.lage (id, key, title, hazard, exercise, state, led_by, origin, takes_public_reports, opened_at)
    values (${one.id}, ${one.key}, ${one.title}, ${one.hazard}, ${one.exercise}, 'open', ${one.ledBy}, ${one.origin}, ${one.takesPublicReports}, ${one.openedAt})
    on conflict (key) do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

/** @returns `false` when it was closed meanwhile */
export async function setClosed(tx: Tx, id: string, because: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`update situation.lage set state = 'closed', closed_at = ${now}, closed_because = ${because}
    where id = ${id} and state = 'open' returning 1`.execute(tx);
  return rows.length === 1;
}

export async function setLedBy(tx: Tx, id: string, organisation: string): Promise<void> {
  await sql`update situation.lage set led_by = ${organisation} where id = ${id}`.execute(tx);
}

export async function setPublicReports(tx: Tx, id: string, taken: boolean): Promise<void> {
  await sql`update situation.lage set takes_public_reports = ${taken} where id = ${id}`.execute(tx);
}
