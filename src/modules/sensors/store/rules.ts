import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { latestUntil } from './observations.ts';
import type { Condition, Severity, StreamFacts } from '../domain/watch.ts';

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly layer: string | null;
  readonly streamId: number | null;
  readonly condition: Condition;
  readonly severity: Severity;
}

const RULE = sql`id, name, layer, stream_id as "streamId", condition, severity`;

export async function insertRule(tx: Tx, rule: Rule, now: Temporal.Instant): Promise<void> {
  await sql`insert into sensors.rule (id, name, layer, stream_id, condition, severity, created_at)
    values (${rule.id}, ${rule.name}, ${rule.layer}, ${rule.streamId}, ${JSON.stringify(rule.condition)}::jsonb, ${rule.severity}, ${now.toString()}::timestamptz)`.execute(
    tx,
  );
}

/** @returns whether it was still watched */
export async function endRule(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`update sensors.rule set ended_at = ${now.toString()}::timestamptz where id = ${id} and ended_at is null returning id`.execute(tx);
  return rows.length > 0;
}

export async function activeRules(db: Sql): Promise<readonly Rule[]> {
  return (await sql<Rule>`select ${RULE} from sensors.rule where ended_at is null order by id`.execute(db)).rows;
}

export async function isStream(db: Sql, streamId: number): Promise<boolean> {
  return (await sql`select 1 from sensors.stream where id = ${streamId}`.execute(db)).rows.length > 0;
}

export interface WatchedStream {
  readonly streamId: number;
  readonly streamName: string;
  readonly thingName: string;
  readonly unit: string;
  readonly internal: boolean;
  readonly facts: StreamFacts;
  /** Notice of this rule and stream that is not cleared. */
  readonly openNotice: string | null;
}

interface WatchedRow extends Omit<WatchedStream, 'facts'> {
  readonly value: number | null;
  readonly measuredAt: Temporal.Instant | null;
  readonly earlierValue: number | null;
  readonly earlierAt: Temporal.Instant | null;
  readonly lon: number | null;
  readonly lat: number | null;
}

/**
 * @param look.minutes how far back the earlier value lies; 0 asks for none
 * @param look.until what is dated later is not looked at
 */
export async function watchedStreams(
  db: Sql,
  rule: Rule,
  { minutes, until }: { readonly minutes: number; readonly until: Temporal.Instant },
  page: { readonly after: number; readonly limit: number },
): Promise<readonly WatchedStream[]> {
  const which = rule.streamId === null ? sql`s.layer = ${rule.layer}` : sql`s.id = ${rule.streamId}`;
  const { rows } = await sql<WatchedRow>`
    select s.id as "streamId", s.name as "streamName", t.name as "thingName", coalesce(s.unit ->> 'symbol', '') as unit, s.internal,
      o.result_number as value, o.phenomenon_start as "measuredAt", e.result_number as "earlierValue", e.phenomenon_start as "earlierAt",
      st_x(l.geometry) as lon, st_y(l.geometry) as lat, n.id as "openNotice"
    from sensors.stream s
    join sensors.thing t on t.id = s.thing_id
    left join lateral (${latestUntil(until)}) o on true
    left join lateral (select e.result_number, e.phenomenon_start from sensors.observation e
      where ${minutes} > 0 and e.stream_id = s.id and e.phenomenon_start <= o.phenomenon_start - make_interval(mins => ${minutes}) and e.result_number is not null
      order by e.phenomenon_start desc, e.id desc limit 1) e on true
    left join lateral (select l.geometry from sensors.thing_location tl join sensors.location l on l.id = tl.location_id
      where tl.thing_id = t.id and st_geometrytype(l.geometry) = 'ST_Point' order by l.id limit 1) l on true
    left join sensors.notice n on n.rule_id = ${rule.id} and n.stream_id = s.id and n.cleared_at is null
    where ${which} and not s.multi and s.id > ${page.after}
    order by s.id limit ${page.limit}`.execute(db);
  return rows.map(factsOf);
}

function factsOf({ value, measuredAt, earlierValue, earlierAt, lon, lat, ...rest }: WatchedRow): WatchedStream {
  return {
    ...rest,
    facts: {
      ...(value === null ? {} : { value }),
      ...(measuredAt === null ? {} : { measuredAt }),
      ...(earlierValue === null || earlierAt === null ? {} : { earlier: { value: earlierValue, measuredAt: earlierAt } }),
      ...(lon === null || lat === null ? {} : { position: { lon, lat } }),
    },
  };
}

/** The unit of the streams that each rule in force watches, where they share one. */
export async function findRuleUnits(db: Sql): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; unit: string }>`
    select r.id, min(s.unit ->> 'symbol') as unit from sensors.rule r
    join sensors.stream s on (s.id = r.stream_id or s.layer = r.layer) and not s.multi
    where r.ended_at is null group by r.id having count(distinct s.unit ->> 'symbol') = 1`.execute(db);
  return new Map(rows.map(({ id, unit }) => [id, unit]));
}
