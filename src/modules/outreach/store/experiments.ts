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

export async function addAssignment(
  tx: Tx,
  id: string,
  { variant, code, day }: { readonly variant: Variant; readonly code: string; readonly day: Temporal.PlainDate },
): Promise<void> {
  await sql`insert into outreach.assignment as a (experiment_id, variant, code, day, n) values (${id}, ${variant}, ${code}, ${day}, 1)
    on conflict (experiment_id, variant, code, day) do update set n = a.n + 1`.execute(tx);
}

export interface Assigned {
  readonly variant: Variant;
  readonly code: string;
  readonly n: number;
}

/** How often each variant was shown by each link, until the end of a day. */
export async function assignedUntil(db: Sql, id: string, until: Temporal.PlainDate): Promise<readonly Assigned[]> {
  const { rows } = await sql<Assigned>`select variant, code, sum(n)::int as n from outreach.assignment
    where experiment_id = ${id} and day <= ${until}::date group by variant, code order by code, variant`.execute(db);
  return rows;
}
