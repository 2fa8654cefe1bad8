import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Stroke } from '../domain/channel.ts';
import type { CountedMonth } from '../domain/kept.ts';
import type { Span } from './cells.ts';

/** Adds to what waits for its ten. @returns what waits now */
export async function addStrokes(tx: Tx, { service, channel }: Stroke, strokes: number): Promise<number> {
  // the first count of all must hold its row, too: else two at once would know nothing of each other
  await sql`insert into usage.strokes (service, channel, waiting) values (${service}, ${channel}, 0) on conflict do nothing`.execute(tx);
  const rows = await sql<{ waiting: number }>`select waiting from usage.strokes where service = ${service} and channel = ${channel} for update`.execute(tx);
  return (rows.rows[0]?.waiting ?? 0) + strokes;
}

export async function keepWaiting(tx: Tx, { service, channel }: Stroke, waiting: number): Promise<void> {
  await sql`insert into usage.strokes (service, channel, waiting) values (${service}, ${channel}, ${waiting})
    on conflict (service, channel) do update set waiting = excluded.waiting`.execute(tx);
}

/** Whole tens of cases; fewer than none where a count is taken back. */
export async function addCounterCases(tx: Tx, { service, channel }: Stroke, month: string, count: number): Promise<void> {
  if (count < 0) {
    await sql`update usage.counter_cases set count = greatest(0, count + ${count})
      where month = ${month} and service = ${service} and channel = ${channel}`.execute(tx);
    return;
  }
  await sql`insert into usage.counter_cases (month, service, channel, count) values (${month}, ${service}, ${channel}, ${count})
    on conflict (month, service, channel) do update set count = usage.counter_cases.count + excluded.count`.execute(tx);
}

/** By service and way, of the months that lie in these days. */
export async function counterCasesByWay(db: Sql, { from, until }: Span): Promise<(Stroke & { readonly count: number })[]> {
  const { rows } = await sql<Stroke & { readonly count: number }>`select service, channel, sum(count)::int as count from usage.counter_cases
    where month >= ${from.with({ day: 1 }).toString()} and month <= ${until.toString()}
    group by service, channel having sum(count) > 0 order by service, channel`.execute(db);
  return rows;
}

/** By service and month, of the months that lie in these days; a month of which all was taken back was not counted. */
export async function counterCases(db: Sql, { from, until }: Span): Promise<CountedMonth[]> {
  const { rows } = await sql<CountedMonth>`select service, month::text as month, sum(count)::int as count from usage.counter_cases
    where month >= ${from.with({ day: 1 }).toString()} and month <= ${until.toString()}
    group by service, month having sum(count) > 0 order by month, service`.execute(db);
  return rows;
}
