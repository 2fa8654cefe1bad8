import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Facility } from '../domain/affected.ts';
import type { MemberFacts } from '../domain/member.ts';
import type { Run, RunSummary } from '../domain/summary.ts';

const RUN = sql`id, lage_id as "lageId", grid_id as "gridId", title, model, version, input, input_hash as "inputHash", members, status, progress, message,
  owner, owner_name as "ownerName", summary, created_at as "createdAt", finished_at as "finishedAt"`;

export type NewRun = Omit<Run, 'status' | 'progress' | 'summary' | 'createdAt' | 'finishedAt'>;

export async function insertRun(tx: Tx, run: NewRun, now: Temporal.Instant): Promise<Run> {
  const { rows } = await sql<Run>`
    insert into flood.run (id, lage_id, grid_id, title, model, version, input, input_hash, members, status, message, owner, owner_name, created_at, updated_at)
    values (${run.id}, ${run.lageId}, ${run.gridId}, ${run.title}, ${run.model}, ${run.version}, ${JSON.stringify(run.input)}::jsonb, ${run.inputHash}, ${run.members},
      'waiting', ${run.message}, ${run.owner}, ${run.ownerName}, ${now}, ${now})
    returning ${RUN}`.execute(tx);
  return rows[0]!;
}

/** How many runs of a Lage are under way; other orders of the Lage wait until the commit. */
export async function countOpen(tx: Tx, lageId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext(${`flood.run ${lageId}`}))`.execute(tx);
  const { rows } = await sql<{
    open: number;
  }>`select count(*)::int as open from flood.run where lage_id = ${lageId} and status in ('waiting', 'running')`.execute(tx);
  return rows[0]!.open;
}

/** @param lageId absent: of any Lage */
export async function findRun(db: Sql, id: string, lageId?: string): Promise<Run | undefined> {
  const inLage = lageId === undefined ? sql`true` : sql`lage_id = ${lageId}`;
  return (await sql<Run>`select ${RUN} from flood.run where id = ${id} and ${inLage}`.execute(db)).rows[0];
}

/** Newest first. @param before only older ones */
export async function listRuns(db: Sql, lageId: string, { limit, before }: { readonly limit: number; readonly before?: string }): Promise<readonly Run[]> {
  const older = before === undefined ? sql`true` : sql`id < ${before}`;
  return (await sql<Run>`select ${RUN} from flood.run where lage_id = ${lageId} and ${older} order by id desc limit ${limit}`.execute(db)).rows;
}

/** Takes the run on, where it waits or its process has gone. @returns `undefined` where it is over or held by another */
export async function claimRun(tx: Tx, id: string, now: Temporal.Instant, leaseUntil: Temporal.Instant): Promise<Run | undefined> {
  const { rows } = await sql<Run>`
    update flood.run set status = 'running', message = 'Die Rechnung läuft.', lease_until = ${leaseUntil}, started_at = coalesce(started_at, ${now}), updated_at = ${now}
    where id = ${id} and (status = 'waiting' or (status = 'running' and lease_until < ${now})) returning ${RUN}`.execute(tx);
  return rows[0];
}

/** Says that the run is still being calculated. @returns whether it is still wanted */
export async function holdRun(tx: Tx, id: string, now: Temporal.Instant, leaseUntil: Temporal.Instant, progress: number): Promise<boolean> {
  const { rows } = await sql`
    update flood.run set lease_until = ${leaseUntil}, updated_at = ${now}, progress = greatest(progress, ${progress})
    where id = ${id} and status = 'running' returning id`.execute(tx);
  return rows.length > 0;
}

/** Ends a run that is not over yet. */
export async function endRun(
  tx: Tx,
  id: string,
  { status, message, summary }: { readonly status: 'done' | 'failed' | 'cancelled'; readonly message: string; readonly summary?: RunSummary },
  now: Temporal.Instant,
): Promise<Run | undefined> {
  const told = summary === undefined ? null : JSON.stringify(summary);
  const { rows } = await sql<Run>`
    update flood.run set status = ${status}, message = ${message}, summary = ${told}::jsonb, finished_at = ${now}, updated_at = ${now}, lease_until = null,
      progress = case when ${status} = 'done' then 100 else progress end
    where id = ${id} and status in ('waiting', 'running') returning ${RUN}`.execute(tx);
  return rows[0];
}

export async function keepMember(tx: Tx, runId: string, number: number, facts: MemberFacts, record: Uint8Array): Promise<void> {
  await sql`insert into flood.member (run_id, number, facts, record) values (${runId}, ${number}, ${JSON.stringify(facts)}::jsonb, ${record})
    on conflict (run_id, number) do nothing`.execute(tx);
}

export async function memberFacts(db: Sql, runId: string): Promise<readonly { readonly number: number; readonly facts: MemberFacts }[]> {
  return (await sql<{ number: number; facts: MemberFacts }>`select number, facts from flood.member where run_id = ${runId} order by number`.execute(db)).rows;
}

export async function memberRecord(db: Sql, runId: string, number: number): Promise<Uint8Array> {
  return (await sql<{ record: Uint8Array }>`select record from flood.member where run_id = ${runId} and number = ${number}`.execute(db)).rows[0]!.record;
}

export async function keepLayer(tx: Tx, runId: string, layer: string, cells: Uint8Array): Promise<void> {
  await sql`insert into flood.layer (run_id, layer, cells) values (${runId}, ${layer}, ${cells}) on conflict (run_id, layer) do update set cells = excluded.cells`.execute(
    tx,
  );
}

export async function readLayer(db: Sql, runId: string, layer: string): Promise<Uint8Array | undefined> {
  return (await sql<{ cells: Uint8Array }>`select cells from flood.layer where run_id = ${runId} and layer = ${layer}`.execute(db)).rows[0]?.cells;
}

export async function keepFacilities(tx: Tx, runId: string, facilities: readonly Facility[]): Promise<void> {
  if (facilities.length === 0) return;
  await sql`insert into flood.affected (run_id, number, facility)
    select ${runId}, number, facility from jsonb_array_elements(${JSON.stringify(facilities)}::jsonb) with ordinality as one (facility, number)
    on conflict do nothing`.execute(tx);
}

export async function readFacilities(
  db: Sql,
  runId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly (Facility & { readonly number: number })[]> {
  const { rows } = await sql<{ number: number; facility: Facility }>`
    select number, facility from flood.affected where run_id = ${runId} and number > ${after} order by number limit ${limit}`.execute(db);
  return rows.map(({ number, facility }) => ({ number, ...facility }));
}

/** Runs whose process has gone without anybody coming for them. */
export async function abandonedRuns(db: Sql, before: Temporal.Instant): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select id from flood.run where status in ('waiting', 'running') and updated_at < ${before} order by id limit 100`.execute(db);
  return rows.map(({ id }) => id);
}
