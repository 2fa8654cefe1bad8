import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { FeedbackKind, UsageCount, UsageRow } from '../domain/usage.ts';

/** Takes one order from what a holder has left on a day. @returns `false` when nothing is left */
export async function takeAllowance(tx: Tx, day: Temporal.PlainDate, scope: 'person' | 'unit', holder: string, limit: number): Promise<boolean> {
  if (limit <= 0) return false;
  const { rows } = await sql`insert into llm.allowance (day, scope, holder, used) values (${day}, ${scope}, ${holder}, 1)
    on conflict (day, scope, holder) do update set used = llm.allowance.used + 1 where llm.allowance.used < ${limit} returning 1`.execute(tx);
  return rows.length === 1;
}

/** Adds an order to the counts of its day; its person once a day. */
export async function addUsage(tx: Tx, holder: string | undefined, one: UsageCount): Promise<void> {
  const { day, use, model, unit } = one;
  const { rows } =
    holder === undefined
      ? { rows: [] }
      : await sql`insert into llm.counted (day, holder, use, model, unit) values (${day}, ${holder}, ${use}, ${model}, ${unit})
          on conflict do nothing returning 1`.execute(tx);
  await sql`insert into llm.used as u (day, use, model, unit, persons, orders, failed, masked, dropped_calls, input_tokens, output_tokens, cost_millicents)
    values (${day}, ${use}, ${model}, ${unit}, ${rows.length}, 1, ${one.failed ? 1 : 0}, ${one.masked}, ${one.droppedCalls}, ${one.inputTokens},
      ${one.outputTokens}, ${one.costMillicents})
    on conflict (day, use, model, unit) do update set persons = u.persons + excluded.persons, orders = u.orders + 1, failed = u.failed + excluded.failed,
      masked = u.masked + excluded.masked, dropped_calls = u.dropped_calls + excluded.dropped_calls, input_tokens = u.input_tokens + excluded.input_tokens,
      output_tokens = u.output_tokens + excluded.output_tokens, cost_millicents = u.cost_millicents + excluded.cost_millicents`.execute(tx);
}

/** Counts since a day, the newest first. */
export async function usageSince(db: Sql, day: Temporal.PlainDate): Promise<UsageRow[]> {
  const { rows } = await sql<UsageRow>`select day, use, model, unit, persons, orders, failed, masked::float8 as masked, dropped_calls as "droppedCalls",
      input_tokens::float8 as "inputTokens", output_tokens::float8 as "outputTokens", cost_millicents::float8 as "costMillicents"
    from llm.used where day >= ${day} order by day desc, use, model, unit limit 2000`.execute(db);
  return rows;
}

/** What knew persons on days before this one. @returns rows that went */
export async function forgetPersons(tx: Tx, before: Temporal.PlainDate): Promise<number> {
  const counted = await sql`delete from llm.counted where day < ${before} returning 1`.execute(tx);
  const allowed = await sql`delete from llm.allowance where day < ${before} returning 1`.execute(tx);
  return counted.rows.length + allowed.rows.length;
}

export interface FeedbackRow {
  readonly use: string;
  readonly model: string;
  readonly kind: FeedbackKind;
  readonly given: number;
}

export async function addFeedback(tx: Tx, day: Temporal.PlainDate, { use, model, kind }: Omit<FeedbackRow, 'given'>): Promise<void> {
  await sql`insert into llm.feedback as f (day, use, model, kind, given) values (${day}, ${use}, ${model}, ${kind}, 1)
    on conflict (day, use, model, kind) do update set given = f.given + 1`.execute(tx);
}

export interface FeedbackWords {
  readonly id: string;
  readonly day: Temporal.PlainDate;
  readonly use: string;
  readonly model: string;
  readonly kind: FeedbackKind;
  readonly words: string;
}

export async function keepWords(tx: Tx, { id, day, use, model, kind, words }: FeedbackWords): Promise<void> {
  await sql`insert into llm.feedback_words (id, day, use, model, kind, words) values (${id}, ${day}, ${use}, ${model}, ${kind}, ${words})`.execute(tx);
}

export async function feedbackSince(db: Sql, day: Temporal.PlainDate): Promise<FeedbackRow[]> {
  const { rows } = await sql<FeedbackRow>`select use, model, kind, sum(given)::float8 as given from llm.feedback where day >= ${day}
    group by use, model, kind order by use, model, kind`.execute(db);
  return rows;
}

export async function newestWords(db: Sql, limit: number): Promise<FeedbackWords[]> {
  const { rows } = await sql<FeedbackWords>`select id, day, use, model, kind, words from llm.feedback_words order by id desc limit ${limit}`.execute(db);
  return rows;
}
