import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Dimension } from '../domain/cell.ts';
import type { Sum } from '../domain/kept.ts';

/** A counter with what is added to it. */
export interface AddedCell {
  readonly day: string;
  readonly step: string;
  readonly subject: string;
  readonly dimension: Dimension;
  readonly value: string;
  readonly add: number;
}

/** Notes that a process writes this batch. @returns false when it has been written before */
export async function noteBatch(tx: Tx, { writer, number, day }: { writer: string; number: number; day: string }): Promise<boolean> {
  const noted = await sql`insert into usage.writer (id, batch, day) values (${writer}, ${number}, ${day})
    on conflict (id) do update set batch = excluded.batch, day = excluded.day where usage.writer.batch < excluded.batch`.execute(tx);
  return Number(noted.numAffectedRows ?? 0) === 1;
}

export async function forgetWriters(db: Sql, before: string): Promise<void> {
  await sql`delete from usage.writer where day < ${before}`.execute(db);
}

/** Adds to counters; several processes may do so at once, so they come in one order. */
export async function addToCells(tx: Tx, cells: readonly AddedCell[]): Promise<void> {
  const column = <K extends keyof AddedCell>(name: K): AddedCell[K][] => cells.map((cell) => cell[name]);
  await sql`insert into usage.cell (day, step, subject, dimension, value, count)
    select * from unnest(${column('day')}::date[], ${column('step')}::text[], ${column('subject')}::text[], ${column('dimension')}::text[],
      ${column('value')}::text[], ${column('add')}::int[]) as added (day, step, subject, dimension, value, count)
    order by day, step, subject, dimension, value
    on conflict (day, step, subject, dimension, value) do update set count = usage.cell.count + excluded.count`.execute(tx);
}

/** Both days are included. */
export interface Span {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
}

/** What the counters say of some days. @param subject absent: of all, added up */
export async function sumCells(db: Sql, { from, until }: Span, subject?: string): Promise<Sum[]> {
  const rows =
    subject === undefined
      ? await sql<Sum>`select step, '' as subject, dimension, value, sum(count)::int as count from usage.cell
          where day between ${from.toString()} and ${until.toString()} and dimension not in ('page', 'field', 'origin')
          group by step, dimension, value order by step, dimension, value`.execute(db)
      : await sql<Sum>`select step, subject, dimension, value, sum(count)::int as count from usage.cell
          where day between ${from.toString()} and ${until.toString()} and subject = ${subject} and dimension <> 'origin'
          group by step, subject, dimension, value order by step, dimension, value`.execute(db);
  return rows.rows;
}

/** Sums of the dimension `all` by subject. */
export async function sumBySubject(db: Sql, { from, until }: Span, step: string): Promise<Map<string, number>> {
  const rows = await sql<{ subject: string; count: number }>`select subject, sum(count)::int as count from usage.cell
    where day between ${from.toString()} and ${until.toString()} and step = ${step} and dimension = 'all' group by subject`.execute(db);
  return new Map(rows.rows.map(({ subject, count }) => [subject, count]));
}

/** Sums by step of what came from these origins; a code without a letter stands for all its variants. */
export async function sumOrigins(db: Sql, { from, until }: Span, origins: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql<{ step: string; count: number }>`select step, sum(count)::int as count from usage.cell
    where day between ${from.toString()} and ${until.toString()} and dimension = 'origin'
      and (value = any(${[...origins]}::text[]) or split_part(value, '.', 1) = any(${[...origins]}::text[]))
    group by step`.execute(db);
  return new Map(rows.rows.map(({ step, count }) => [step, count]));
}

/** A counter as it lies there. */
export interface KeptCell extends Sum {
  readonly day: string;
}

/** What a counter is told by, in the order of the list. */
export type CellKey = readonly [day: string, step: string, subject: string, dimension: string, value: string];

/** Counters of some days after one of them, as they lie there: for taking along, part by part. */
export async function listCells(db: Sql, { from, until }: Span, limit: number, after?: CellKey): Promise<readonly KeptCell[]> {
  const [day, ...rest] = after ?? [from.toString(), '', '', '', ''];
  const rows = await sql<KeptCell>`select day::text as day, step, subject, dimension, value, count from usage.cell
    where (day, step, subject, dimension, value) > (${day}::date, ${sql.join(rest)}) and day <= ${until.toString()}
    order by day, step, subject, dimension, value limit ${limit}`.execute(db);
  return rows.rows;
}

/** Moves with every counter of some days: they only grow, or are deleted. */
export async function cellsStamp(db: Sql, { from, until }: Span): Promise<string> {
  const rows = await sql<{ cells: string; uses: string }>`select count(*)::text as cells, coalesce(sum(count), 0)::text as uses from usage.cell
    where day between ${from.toString()} and ${until.toString()}`.execute(db);
  return `${from.toString()}/${until.toString()} ${rows.rows[0]!.cells} ${rows.rows[0]!.uses}`;
}

/** Sums by month of a step over all subjects, for a curve. */
export async function sumByMonth(db: Sql, { from, until }: Span, steps: readonly string[]): Promise<{ month: string; step: string; count: number }[]> {
  const rows = await sql<{ month: string; step: string; count: number }>`select to_char(day, 'YYYY-MM') as month, step, sum(count)::int as count
    from usage.cell where day between ${from.toString()} and ${until.toString()} and dimension = 'all' and step = any(${[...steps]}::text[])
    group by 1, 2 order by 1, 2`.execute(db);
  return rows.rows;
}
