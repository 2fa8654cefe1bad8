import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { CaseFigure } from '../domain/case-figures.ts';

/** Figures that were reckoned for a month, and when; `undefined`: not yet. */
export async function keptFigures(
  db: Sql,
  month: string,
): Promise<{ readonly reckonedAt: Temporal.Instant; readonly figures: readonly CaseFigure[] } | undefined> {
  const months = await sql<{ reckonedAt: Temporal.Instant }>`select reckoned_at as "reckonedAt" from usage.case_month where month = ${month}`.execute(db);
  if (months.rows[0] === undefined) return undefined;
  const { rows } = await sql<CaseFigure>`select service, measure, page, count from usage.case_figure
    where month = ${month} order by service, measure, page`.execute(db);
  return { reckonedAt: months.rows[0].reckonedAt, figures: rows };
}

/** Keeps the figures of a month, once: whoever was faster wins. What was told once stays, so that a later day can be held against it. */
export async function keepFigures(tx: Tx, month: string, reckonedAt: Temporal.Instant, figures: readonly CaseFigure[]): Promise<void> {
  const { rows } = await sql`insert into usage.case_month (month, reckoned_at) values (${month}, ${reckonedAt})
    on conflict do nothing returning 1`.execute(tx);
  if (rows.length === 0) return;
  const column = <K extends keyof CaseFigure>(name: K): CaseFigure[K][] => figures.map((one) => one[name]);
  await sql`insert into usage.case_figure (month, service, measure, page, count)
    select ${month}::date, * from unnest(${column('service')}::text[], ${column('measure')}::text[], ${column('page')}::text[],
      ${column('count')}::int[])`.execute(tx);
}
