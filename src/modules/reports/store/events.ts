import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { EventSum, ReportedEvent } from '../domain/event.ts';
import type { Category, ReportState } from '../../../kernel/report.ts';

const COLUMNS = sql`e.id, e.lage_id as "lageId", e.number, e.category, e.state, e.reliability, e.credibility, e.sources, e.members, e.collapsed, e.hidden,
  e.contradicted, e.event_at as "eventAt", e.received_at as "receivedAt"`;

/** Holds the Lage's book until the commit: reports are taken in one after the other. */
export async function lockBook(tx: Tx, lageId: string): Promise<void> {
  await sql`insert into reports.book as b (lage_id, last_event) values (${lageId}, 0) on conflict (lage_id) do update set last_event = b.last_event`.execute(
    tx,
  );
}

/** Counts a report that was not kept because too many are waiting. */
export async function countTurnedAway(tx: Tx, lageId: string): Promise<void> {
  await sql`update reports.book set turned_away = turned_away + 1 where lage_id = ${lageId}`.execute(tx);
}

export async function turnedAway(db: Sql, lageId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select turned_away as n from reports.book where lage_id = ${lageId}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Begins events under the next numbers; their sums are set afterwards. */
export async function insertEvents(tx: Tx, lageId: string, ids: readonly string[], now: Temporal.Instant): Promise<void> {
  if (ids.length === 0) return;
  await sql`with head as (update reports.book set last_event = last_event + ${ids.length} where lage_id = ${lageId} returning last_event)
    insert into reports.event (id, lage_id, number, category, state, reliability, credibility, sources, members, collapsed, hidden, contradicted, event_at, received_at)
    select n.id, ${lageId}::uuid, head.last_event - ${ids.length} + n.place, 'other', 'new', 'F', 6, 0, 0, 0, true, false, ${now}::timestamptz, ${now}::timestamptz
    from head, unnest(${[...ids]}::uuid[]) with ordinality as n (id, place)`.execute(tx);
}

export interface CountedSum extends EventSum {
  readonly id: string;
}

/** Sets the sums of events; counts and open contradictions are counted here. */
export async function setSums(tx: Tx, sums: readonly CountedSum[]): Promise<ReportedEvent[]> {
  if (sums.length === 0) return [];
  const of = <T>(pick: (one: CountedSum) => T): T[] => sums.map(pick);
  const { rows } = await sql<ReportedEvent>`update reports.event e set category = s.category, state = s.state, reliability = s.reliability,
      credibility = s.credibility, sources = s.sources, hidden = s.hidden, event_at = s.event_at, received_at = s.received_at,
      members = c.members, collapsed = c.collapsed,
      contradicted = x.a or x.b
    from unnest(${of(({ id }) => id)}::uuid[], ${of(({ category }) => category)}::text[], ${of(({ state }) => state)}::text[],
      ${of(({ reliability }) => reliability)}::text[], ${of(({ credibility }) => credibility)}::int2[], ${of(({ sources }) => sources)}::int[],
      ${of(({ hidden }) => hidden)}::boolean[], ${of(({ eventAt }) => eventAt)}::timestamptz[], ${of(({ receivedAt }) => receivedAt)}::timestamptz[])
      as s (id, category, state, reliability, credibility, sources, hidden, event_at, received_at)
    cross join lateral (select count(*)::int as members, coalesce(sum(r.collapsed), 0)::int as collapsed from reports.report r where r.event_id = s.id) c
    -- nobody learns by it of a report they may not see
    cross join lateral (select exists (select 1 from reports.report r join reports.contradiction o on o.report_a = r.id
          join reports.report other on other.id = o.report_b
          where r.event_id = s.id and o.resolved_at is null and r.state <> 'refused' and other.state <> 'refused'
            and (s.hidden or not (r.quarantined or other.quarantined))) as a,
        exists (select 1 from reports.report r join reports.contradiction o on o.report_b = r.id
          join reports.report other on other.id = o.report_a
          where r.event_id = s.id and o.resolved_at is null and r.state <> 'refused' and other.state <> 'refused'
            and (s.hidden or not (r.quarantined or other.quarantined))) as b) x
    where e.id = s.id returning ${COLUMNS}`.execute(tx);
  return rows;
}

/** Nothing belongs to it any more; it stays, for what its links say. */
export async function emptyEvent(tx: Tx, id: string): Promise<void> {
  await sql`update reports.event set members = 0, collapsed = 0, contradicted = false where id = ${id}`.execute(tx);
}

export async function findEvent(db: Sql, lageId: string, id: string): Promise<ReportedEvent | undefined> {
  const { rows } = await sql<ReportedEvent>`select ${COLUMNS} from reports.event e where e.lage_id = ${lageId} and e.id = ${id}`.execute(db);
  return rows[0];
}

export async function findByNumber(db: Sql, lageId: string, number: number): Promise<ReportedEvent | undefined> {
  const { rows } = await sql<ReportedEvent>`select ${COLUMNS} from reports.event e where e.lage_id = ${lageId} and e.number = ${number}`.execute(db);
  return rows[0];
}

export async function findEvents(db: Sql, lageId: string, ids: readonly string[]): Promise<ReportedEvent[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<ReportedEvent>`select ${COLUMNS} from reports.event e where e.lage_id = ${lageId} and e.id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

export interface EventQuery {
  readonly state?: ReportState | undefined;
  readonly category?: Category | undefined;
  /** This reliability or better. */
  readonly reliability?: string | undefined;
  /** This credibility or better. */
  readonly credibility?: number | undefined;
  /** No older than that. */
  readonly since?: Temporal.Instant | undefined;
  readonly contradicted?: boolean | undefined;
  /** With those that only S2 and who leads see. */
  readonly hidden: boolean;
  readonly limit: number;
  /** Number of the last one of the page before. */
  readonly after?: number | undefined;
}

/** Events with reports, the newest first. */
export async function listEvents(db: Sql, lageId: string, query: EventQuery): Promise<ReportedEvent[]> {
  const { state, category, reliability, credibility, since, contradicted, hidden, limit, after } = query;
  const { rows } = await sql<ReportedEvent>`select ${COLUMNS} from reports.event e where e.lage_id = ${lageId} and e.members > 0
    and ${after === undefined ? sql`true` : sql`e.number < ${after}`} and ${hidden ? sql`true` : sql`not e.hidden`}
    and ${state === undefined ? sql`true` : sql`e.state = ${state}`} and ${category === undefined ? sql`true` : sql`e.category = ${category}`}
    and ${reliability === undefined ? sql`true` : sql`e.reliability <= ${reliability}`}
    and ${credibility === undefined ? sql`true` : sql`e.credibility <= ${credibility}`}
    and ${since === undefined ? sql`true` : sql`e.event_at >= ${since}`} and ${contradicted === true ? sql`e.contradicted` : sql`true`}
    order by e.number desc limit ${limit}`.execute(db);
  return rows;
}

/** How many events of each state there are. */
export async function countStates(db: Sql, lageId: string, hidden: boolean): Promise<Record<ReportState, number>> {
  const { rows } = await sql<{ state: ReportState; count: number }>`select state, count(*)::int as count from reports.event e
    where lage_id = ${lageId} and members > 0 and ${hidden ? sql`true` : sql`not hidden`} group by state`.execute(db);
  return { new: 0, checked: 0, refused: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}
