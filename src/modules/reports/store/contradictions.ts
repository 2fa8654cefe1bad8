import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Topic } from '../domain/claims.ts';

export const HOLDS = ['a', 'b', 'both', 'neither'] as const;
/** Which of both is so. */
export type Holds = (typeof HOLDS)[number];

export interface Contradiction {
  readonly id: string;
  readonly lageId: string;
  readonly topic: Topic;
  readonly reportA: string;
  readonly reportB: string;
  readonly saysA: string;
  readonly saysB: string;
  readonly foundAt: Temporal.Instant;
  readonly holds: Holds | null;
  readonly reason: string | null;
  readonly resolvedAt: Temporal.Instant | null;
  readonly resolvedName: string | null;
}

/** With what both reports are. */
export interface ShownContradiction extends Contradiction {
  readonly textA: string;
  readonly textB: string;
  readonly sourceA: string;
  readonly sourceB: string;
  readonly eventA: string;
  readonly eventB: string;
  readonly atA: Temporal.Instant;
  readonly atB: Temporal.Instant;
  /** One of both is seen by S2 and who leads only. */
  readonly quarantined: boolean;
}

const COLUMNS = sql`x.id, x.lage_id as "lageId", x.topic, x.report_a as "reportA", x.report_b as "reportB", x.says_a as "saysA", x.says_b as "saysB",
  x.found_at as "foundAt", x.holds, x.reason, x.resolved_at as "resolvedAt", x.resolved_name as "resolvedName", a.text as "textA", b.text as "textB",
  a.source_name as "sourceA", b.source_name as "sourceB", a.event_id as "eventA", b.event_id as "eventB", a.event_at as "atA", b.event_at as "atB",
  a.quarantined or b.quarantined as quarantined`;
const FROM = sql`reports.contradiction x join reports.report a on a.id = x.report_a join reports.report b on b.id = x.report_b`;

export type NewContradiction = Pick<Contradiction, 'id' | 'topic' | 'reportA' | 'reportB' | 'saysA' | 'saysB'>;

export async function insertContradictions(tx: Tx, lageId: string, all: readonly NewContradiction[], now: Temporal.Instant): Promise<void> {
  if (all.length === 0) return;
  const of = <T>(pick: (one: NewContradiction) => T): T[] => all.map(pick);
  await sql`insert into reports.contradiction (id, lage_id, topic, report_a, report_b, says_a, says_b, found_at)
    select id, ${lageId}::uuid, topic, a, b, says_a, says_b, ${now}::timestamptz
    from unnest(${of(({ id }) => id)}::uuid[], ${of(({ topic }) => topic)}::text[], ${of(({ reportA }) => reportA)}::uuid[],
      ${of(({ reportB }) => reportB)}::uuid[], ${of(({ saysA }) => saysA)}::text[], ${of(({ saysB }) => saysB)}::text[]) as n (id, topic, a, b, says_a, says_b)
    on conflict do nothing`.execute(tx);
}

export interface ContradictionQuery {
  readonly open?: boolean | undefined;
  readonly quarantined: boolean;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** The newest first. */
export async function listContradictions(db: Sql, lageId: string, { open, quarantined, limit, after }: ContradictionQuery): Promise<ShownContradiction[]> {
  const { rows } = await sql<ShownContradiction>`select ${COLUMNS} from ${FROM} where x.lage_id = ${lageId}
    and ${after === undefined ? sql`true` : sql`x.id < ${after}::uuid`} and ${open === undefined ? sql`true` : sql`(x.resolved_at is null and a.state <> 'refused' and b.state <> 'refused') = ${open}`}
    and ${quarantined ? sql`true` : sql`not (a.quarantined or b.quarantined)`} order by x.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Events at which something contradicts these reports. */
export async function eventsAgainst(tx: Tx, reportIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct r.event_id as id from reports.contradiction x
    join reports.report r on r.id in (x.report_a, x.report_b)
    where x.resolved_at is null and (x.report_a = any(${[...reportIds]}::uuid[]) or x.report_b = any(${[...reportIds]}::uuid[]))`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Those of an event's reports. */
export async function contradictionsOf(db: Sql, eventId: string): Promise<ShownContradiction[]> {
  const { rows } = await sql<ShownContradiction>`select ${COLUMNS} from ${FROM} where a.event_id = ${eventId} or b.event_id = ${eventId}
    order by x.id desc limit 50`.execute(db);
  return rows;
}

export async function lockContradiction(tx: Tx, lageId: string, id: string): Promise<ShownContradiction | undefined> {
  const { rows } = await sql<ShownContradiction>`select ${COLUMNS} from ${FROM} where x.lage_id = ${lageId} and x.id = ${id} for update of x`.execute(tx);
  return rows[0];
}

export async function setResolved(
  tx: Tx,
  id: string,
  holds: Holds,
  reason: string,
  who: { readonly id: string; readonly name: string },
  now: Temporal.Instant,
): Promise<void> {
  await sql`update reports.contradiction set holds = ${holds}, reason = ${reason}, resolved_at = ${now}, resolved_by = ${who.id}, resolved_name = ${who.name}
    where id = ${id}`.execute(tx);
}
