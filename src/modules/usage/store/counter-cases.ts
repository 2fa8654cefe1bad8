import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Stroke } from '../domain/channel.ts';
import type { Span } from './cells.ts';

/** Adds to what waits for its ten. @returns what waits now */
export async function addStrokes(tx: Tx, { service, channel }: Stroke, strokes: number): Promise<number> {
  const rows = await sql<{ waiting: number }>`select waiting from usage.strokes where service = ${service} and channel = ${channel} for update`.execute(tx);
  return (rows.rows[0]?.waiting ?? 0) + strokes;
}

export async function keepWaiting(tx: Tx, { service, channel }: Stroke, waiting: number): Promise<void> {
  await sql`insert into usage.strokes (service, channel, waiting) values (${service}, ${channel}, ${waiting})
    on conflict (service, channel) do update set waiting = excluded.waiting`.execute(tx);
}

/** Whole tens of cases. */
export async function addCounterCases(tx: Tx, { service, channel }: Stroke, month: string, count: number): Promise<void> {
  await sql`insert into usage.counter_cases (month, service, channel, count) values (${month}, ${service}, ${channel}, ${count})
    on conflict (month, service, channel) do update set count = usage.counter_cases.count + excluded.count`.execute(tx);
}

/** By service, of the months that lie in these days. */
export async function counterCases(db: Sql, { from, until }: Span): Promise<Map<string, number>> {
  const rows = await sql<{ service: string; count: number }>`select service, sum(count)::int as count from usage.counter_cases
    where month >= ${from.with({ day: 1 }).toString()} and month <= ${until.toString()} group by service`.execute(db);
  return new Map(rows.rows.map(({ service, count }) => [service, count]));
}
