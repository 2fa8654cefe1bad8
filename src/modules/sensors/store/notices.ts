import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Condition, Severity } from '../domain/watch.ts';
import type { Rule, WatchedStream } from './rules.ts';

/** @returns whether it is new: two sweepers at once raise one notice */
export async function raiseNotice(tx: Tx, id: string, rule: Rule, { facts, ...stream }: WatchedStream, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`
    insert into sensors.notice (id, rule_id, stream_id, stream_name, thing_name, unit, internal, value, measured_at, raised_at)
    values (${id}, ${rule.id}, ${stream.streamId}, ${stream.streamName}, ${stream.thingName}, ${stream.unit}, ${stream.internal},
      ${facts.value ?? null}, ${facts.measuredAt?.toString() ?? null}::timestamptz, ${now.toString()}::timestamptz)
    on conflict (rule_id, stream_id) where cleared_at is null do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** @returns whether it was still open */
export async function clearNotice(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } =
    await sql`update sensors.notice set cleared_at = ${now.toString()}::timestamptz where id = ${id} and cleared_at is null returning id`.execute(tx);
  return rows.length > 0;
}

/** Clears what is open of a rule that has ended. @returns ids */
export async function clearNoticesOf(tx: Tx, ruleId: string, now: Temporal.Instant): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update sensors.notice set cleared_at = ${now.toString()}::timestamptz where rule_id = ${ruleId} and cleared_at is null returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Notices still open whose rule watches their stream no longer: it is gone, or in another layer. @returns ids with their streams */
export async function strayNotices(db: Sql, { id, layer, streamId }: Rule): Promise<readonly { readonly id: string; readonly streamId: number }[]> {
  const { rows } = await sql<{ id: string; streamId: number }>`
    select n.id, n.stream_id as "streamId" from sensors.notice n
    where n.rule_id = ${id} and n.cleared_at is null and not exists (
      select 1 from sensors.stream s where s.id = n.stream_id and not s.multi and (s.layer = ${layer} or s.id = ${streamId}::bigint))
    order by n.id`.execute(db);
  return rows;
}

export interface NoticeRow {
  readonly id: string;
  readonly ruleName: string;
  readonly condition: Condition;
  readonly severity: Severity;
  readonly streamId: number;
  readonly streamName: string;
  readonly thingName: string;
  readonly unit: string;
  readonly value: number | null;
  readonly measuredAt: Temporal.Instant | null;
  readonly raisedAt: Temporal.Instant;
  readonly clearedAt: Temporal.Instant | null;
}

/** Notices, newest first. Of a stream that is closed to the public now, or was then, the public sees none. @param wish.before the last row seen */
export async function findNotices(
  db: Sql,
  wish: { readonly open: boolean; readonly internal: boolean; readonly before?: Pick<NoticeRow, 'raisedAt' | 'id'>; readonly limit: number },
): Promise<readonly NoticeRow[]> {
  const { raisedAt = null, id = null } = wish.before ?? {};
  const { rows } = await sql<NoticeRow>`
    select n.id, r.name as "ruleName", r.condition, r.severity, n.stream_id as "streamId", n.stream_name as "streamName", n.thing_name as "thingName", n.unit,
      n.value, n.measured_at as "measuredAt", n.raised_at as "raisedAt", n.cleared_at as "clearedAt"
    from sensors.notice n join sensors.rule r on r.id = n.rule_id left join sensors.stream s on s.id = n.stream_id
    where (${wish.internal} or not (n.internal or coalesce(s.internal, false))) and (not ${wish.open} or n.cleared_at is null)
      and (${id}::uuid is null or (n.raised_at, n.id) < (${raisedAt}::timestamptz, ${id}::uuid))
    order by n.raised_at desc, n.id desc limit ${wish.limit}`.execute(db);
  return rows;
}
