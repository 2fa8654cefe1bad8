import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Run, RunResults } from '../domain/run.ts';

const RUN = sql`id, scenario_id as "scenarioId", variant_id as "variantId", process, job_id as "jobId", status, progress, message,
  scenario_version as "scenarioVersion", variant_version as "variantVersion", base_version as "baseVersion", ordered_at as "orderedAt", results, layers is not null as mapped`;

/** Runs of a scenario. @param process absent: of every process */
export async function listRuns(db: Sql, scenarioId: string, process?: string): Promise<readonly Run[]> {
  const { rows } = await sql<Run>`select ${RUN} from scenarios.run
    where scenario_id = ${scenarioId} and ${process === undefined ? sql`true` : sql`process = ${process}`} order by ordered_at desc, id`.execute(db);
  return rows;
}

/** Runs whose job has not ended yet, of one scenario or of all. */
export async function openRuns(db: Sql, scenarioId?: string): Promise<readonly Run[]> {
  const { rows } = await sql<Run>`select ${RUN} from scenarios.run
    where status = 'running' and ${scenarioId === undefined ? sql`true` : sql`scenario_id = ${scenarioId}`} order by ordered_at limit 500`.execute(db);
  return rows;
}

export type NewRun = Pick<Run, 'id' | 'scenarioId' | 'variantId' | 'process' | 'jobId' | 'message' | 'scenarioVersion' | 'variantVersion' | 'baseVersion'>;

/** In place of an earlier run of the same process on the same variant. */
export async function putRun(tx: Tx, run: NewRun, now: Temporal.Instant): Promise<void> {
  await sql`delete from scenarios.run where variant_id = ${run.variantId} and process = ${run.process}`.execute(tx);
  await sql`insert into scenarios.run (id, scenario_id, variant_id, process, job_id, status, message, scenario_version, variant_version, base_version, ordered_at)
    values (${run.id}, ${run.scenarioId}, ${run.variantId}, ${run.process}, ${run.jobId}, 'running', ${run.message},
      ${run.scenarioVersion}, ${run.variantVersion}, ${run.baseVersion}, ${now})`.execute(tx);
}

export async function setProgress(tx: Tx, id: string, progress: number, message: string): Promise<void> {
  await sql`update scenarios.run set progress = ${progress}, message = ${message} where id = ${id} and status = 'running'`.execute(tx);
}

export interface RunEnd {
  readonly status: 'successful' | 'failed';
  readonly message: string;
  readonly results: RunResults | null;
  readonly layers: string | null;
}

/** @returns whether it ended now: it may have been replaced, or ended by another look, meanwhile */
export async function endRun(tx: Tx, id: string, { status, message, results, layers }: RunEnd): Promise<boolean> {
  const { rows } = await sql`update scenarios.run set status = ${status}, message = ${message}, progress = 100,
      results = ${results === null ? null : JSON.stringify(results)}::jsonb, layers = ${layers}
    where id = ${id} and status = 'running' returning id`.execute(tx);
  return rows.length > 0;
}

/** The map of a result as GeoJSON text. */
export async function findLayers(db: Sql, scenarioId: string, runId: string): Promise<{ readonly run: Run; readonly layers: string } | undefined> {
  const { rows } = await sql<Run & { layers: string }>`select ${RUN}, layers from scenarios.run
    where scenario_id = ${scenarioId} and id = ${runId} and layers is not null`.execute(db);
  if (rows[0] === undefined) return undefined;
  const { layers, ...run } = rows[0];
  return { run, layers };
}
