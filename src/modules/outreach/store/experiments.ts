import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Experiment, Variant } from '../domain/experiment.ts';

const COLUMNS = sql`id, slug, version, plan, variants as variation, started_on as "startedOn", ended_at as "endedAt", ended_because as "endedBecause", result`;

export async function runningOn(db: Sql, slug: string): Promise<Experiment | undefined> {
  const { rows } = await sql<Experiment>`select ${COLUMNS} from outreach.experiment where slug = ${slug} and ended_at is null`.execute(db);
  return rows[0];
}

export async function running(db: Sql): Promise<readonly Experiment[]> {
  const { rows } = await sql<Experiment>`select ${COLUMNS} from outreach.experiment where ended_at is null order by id limit 500`.execute(db);
  return rows;
}

/** The latest first. */
export async function experimentsOf(db: Sql, slug: string): Promise<readonly Experiment[]> {
  const { rows } = await sql<Experiment>`select ${COLUMNS} from outreach.experiment where slug = ${slug} order by started_at desc limit 50`.execute(db);
  return rows;
}

export async function insertExperiment(tx: Tx, one: Omit<Experiment, 'endedAt' | 'endedBecause' | 'result'>, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`insert into outreach.experiment (id, slug, version, plan, variants, started_on, started_at)
    values (${one.id}, ${one.slug}, ${one.version}, ${JSON.stringify(one.plan)}::jsonb, ${JSON.stringify(one.variation)}::jsonb, ${one.startedOn}, ${now})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

/** @returns `false` when it had ended before */
export async function endExperiment(
  tx: Tx,
  id: string,
  {
    because,
    result,
    now,
  }: { readonly because: NonNullable<Experiment['endedBecause']>; readonly result: Experiment['result']; readonly now: Temporal.Instant },
): Promise<boolean> {
  const { rows } = await sql`update outreach.experiment set ended_at = ${now}, ended_because = ${because},
    result = ${result === null ? null : JSON.stringify(result)}::jsonb where id = ${id} and ended_at is null returning 1`.execute(tx);
  return rows.length === 1;
}

/** Views more of a wording. The day before becomes part of the sum when a new one begins. */
export async function addShown(tx: Tx, id: string, variant: Variant, day: Temporal.PlainDate, views = 1): Promise<void> {
  await sql`insert into outreach.shown_variant as s (experiment_id, variant, day, before_day, on_day) values (${id}, ${variant}, ${day}, 0, ${views})
    on conflict (experiment_id, variant) do update set
      before_day = s.before_day + case when s.day < excluded.day then s.on_day else 0 end,
      on_day = case when s.day < excluded.day then excluded.on_day else s.on_day + excluded.on_day end,
      day = greatest(s.day, excluded.day)`.execute(tx);
}

/** How often each wording was shown in whole days. @param until the last day that is over */
export async function shownUntil(db: Sql, id: string, until: Temporal.PlainDate): Promise<ReadonlyMap<Variant, number>> {
  const { rows } = await sql<{ variant: Variant; n: number }>`select variant, before_day + case when day <= ${until}::date then on_day else 0 end as n
    from outreach.shown_variant where experiment_id = ${id}`.execute(db);
  return new Map(rows.map(({ variant, n }) => [variant, n]));
}
