import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { DataUsed, Job, JobAnswer, JobStatus } from '../domain/process.ts';

/** A job with what only the module itself may know. */
export interface KeptJob extends Job {
  readonly owner: string;
  readonly internal: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly inputsHash: string;
  readonly data: readonly DataUsed[] | null;
  readonly shared: boolean;
  readonly answer: JobAnswer;
}

const JOB = sql`id, process_id as "processId", process_version as "processVersion", status, progress, message, members,
  created_at as "createdAt", started_at as "startedAt", updated_at as "updatedAt", finished_at as "finishedAt"`;
const KEPT = sql`${JOB}, owner, internal, inputs, inputs_hash as "inputsHash", data, share_hash is not null as shared, answer`;

const at = (instant: Temporal.Instant) => sql`${instant.toString()}::timestamptz`;

export type NewJob = Pick<KeptJob, 'id' | 'processId' | 'processVersion' | 'message' | 'owner' | 'internal' | 'inputs' | 'inputsHash' | 'members' | 'answer'>;

export async function insertJob(tx: Tx, job: NewJob, now: Temporal.Instant): Promise<KeptJob> {
  const { rows } = await sql<KeptJob>`
    insert into processes.job (id, process_id, process_version, status, message, owner, internal, inputs, inputs_hash, members, answer, created_at, updated_at)
    values (${job.id}, ${job.processId}, ${job.processVersion}, 'accepted', ${job.message}, ${job.owner}, ${job.internal}, ${JSON.stringify(job.inputs)}::jsonb,
      ${job.inputsHash}, ${job.members}, ${JSON.stringify(job.answer)}::jsonb, ${at(now)}, ${at(now)})
    returning ${KEPT}`.execute(tx);
  return rows[0]!;
}

/** How many jobs of the owner are open, and how many were ordered since; other orders of the owner wait until the commit. */
export async function countJobs(tx: Tx, owner: string, since: Temporal.Instant): Promise<{ readonly open: number; readonly recent: number }> {
  await sql`select pg_advisory_xact_lock(hashtext(${`processes.job ${owner}`}))`.execute(tx);
  const { rows } = await sql<{ open: number; recent: number }>`
    select count(*) filter (where status in ('accepted', 'running'))::int as open, count(*) filter (where created_at > ${at(since)})::int as recent
    from processes.job where owner = ${owner}`.execute(tx);
  return rows[0]!;
}

/** @param owner absent: whoever ordered it */
export async function findJob(db: Sql, id: string, owner?: string): Promise<KeptJob | undefined> {
  const { rows } =
    await sql<KeptJob>`select ${KEPT} from processes.job where id = ${id} and ${owner === undefined ? sql`true` : sql`owner = ${owner}`}`.execute(db);
  return rows[0];
}

export async function findSharedJob(db: Sql, shareHash: string): Promise<KeptJob | undefined> {
  return (await sql<KeptJob>`select ${KEPT} from processes.job where share_hash = ${shareHash}`.execute(db)).rows[0];
}

export interface JobQuery {
  readonly owner: string;
  readonly processIds: readonly string[];
  readonly statuses: readonly JobStatus[];
  /** Ordered then. */
  readonly from?: Temporal.Instant;
  readonly to?: Temporal.Instant;
  /** Took or takes so long. */
  readonly minSeconds?: number;
  readonly maxSeconds?: number;
  /** Only older ones. */
  readonly before?: string;
  readonly limit: number;
}

/** Newest first. */
export async function listJobs(db: Sql, { owner, processIds, statuses, from, to, minSeconds, maxSeconds, before, limit }: JobQuery): Promise<readonly Job[]> {
  const took = sql`extract(epoch from coalesce(finished_at, updated_at) - started_at)`;
  const conditions = [
    sql`owner = ${owner}`,
    ...(processIds.length === 0 ? [] : [sql`process_id = any(${processIds}::text[])`]),
    ...(statuses.length === 0 ? [] : [sql`status = any(${statuses}::text[])`]),
    ...(from === undefined ? [] : [sql`created_at >= ${at(from)}`]),
    ...(to === undefined ? [] : [sql`created_at <= ${at(to)}`]),
    ...(minSeconds === undefined ? [] : [sql`${took} >= ${minSeconds}`]),
    ...(maxSeconds === undefined ? [] : [sql`${took} <= ${maxSeconds}`]),
    ...(before === undefined ? [] : [sql`id < ${before}`]),
  ];
  const { rows } = await sql<Job>`select ${JOB} from processes.job where ${sql.join(conditions, sql` and `)} order by id desc limit ${limit}`.execute(db);
  return rows;
}

/** Forgets a job that is over, with its results. */
export async function deleteJob(tx: Tx, id: string): Promise<void> {
  await sql`delete from processes.job where id = ${id} and status not in ('accepted', 'running')`.execute(tx);
}

/** Takes the job on, where it waits or its process has gone. @returns `undefined` where it is over or held by another */
export async function claimJob(tx: Tx, id: string, now: Temporal.Instant, leaseUntil: Temporal.Instant): Promise<KeptJob | undefined> {
  const { rows } = await sql<KeptJob>`
    update processes.job set status = 'running', message = 'Die Rechnung läuft.', lease_until = ${at(leaseUntil)}, started_at = coalesce(started_at, ${at(now)}), updated_at = ${at(now)}
    where id = ${id} and (status = 'accepted' or (status = 'running' and lease_until < ${at(now)})) returning ${KEPT}`.execute(tx);
  return rows[0];
}

/** Says that the job is still being calculated. @returns whether it is still wanted */
export async function holdJob(tx: Tx, id: string, now: Temporal.Instant, leaseUntil: Temporal.Instant, progress?: number): Promise<boolean> {
  const { rows } = await sql`
    update processes.job set lease_until = ${at(leaseUntil)}, updated_at = ${at(now)}, progress = greatest(progress, ${progress ?? 0})
    where id = ${id} and status = 'running' returning id`.execute(tx);
  return rows.length > 0;
}

/** Keeps which data of the city a job reads. @returns whether it began with others */
export async function keepData(tx: Tx, id: string, data: readonly DataUsed[]): Promise<boolean> {
  const text = JSON.stringify(data);
  const { rows } = await sql<{ changed: boolean }>`select data is not null and data <> ${text}::jsonb as changed from processes.job where id = ${id}`.execute(
    tx,
  );
  await sql`update processes.job set data = ${text}::jsonb where id = ${id}`.execute(tx);
  return rows[0]!.changed;
}

/** Ends a job that is not over yet. @returns the ended job */
export async function endJob(
  tx: Tx,
  id: string,
  { status, message }: { readonly status: 'successful' | 'failed' | 'dismissed'; readonly message: string },
  now: Temporal.Instant,
): Promise<KeptJob | undefined> {
  const { rows } = await sql<KeptJob>`
    update processes.job set status = ${status}, message = ${message}, finished_at = ${at(now)}, updated_at = ${at(now)}, lease_until = null,
      progress = case when ${status} = 'successful' then 100 else progress end
    where id = ${id} and status in ('accepted', 'running') returning ${KEPT}`.execute(tx);
  return rows[0];
}

/** @param shareHash `null` withdraws the link */
export async function setShare(tx: Tx, id: string, shareHash: string | null): Promise<void> {
  await sql`update processes.job set share_hash = ${shareHash} where id = ${id}`.execute(tx);
}

/** Jobs that nobody holds and nobody will come for. */
export async function abandonedJobs(db: Sql, before: Temporal.Instant): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from processes.job where status in ('accepted', 'running') and updated_at < ${at(before)} order by id limit 1000`.execute(db);
  return rows.map(({ id }) => id);
}

/** @returns how many are gone */
export async function forgetJobs(tx: Tx, before: Temporal.Instant): Promise<number> {
  const { rows } = await sql`delete from processes.job where finished_at < ${at(before)} returning id`.execute(tx);
  return rows.length;
}
