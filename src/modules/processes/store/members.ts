import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { MemberResult } from '../domain/process.ts';

/** Keeps a member once, however often it is calculated. @param layers as JSON; `null` where they are too large */
export async function keepMember(tx: Tx, jobId: string, { number, parameters, numbers }: MemberResult, layers: string | null): Promise<void> {
  await sql`insert into processes.member (job_id, number, parameters, numbers, layers)
    values (${jobId}, ${number}, ${JSON.stringify(parameters)}::jsonb, ${JSON.stringify(numbers)}::jsonb, ${layers})
    on conflict (job_id, number) do nothing`.execute(tx);
}

export async function findMembers(db: Sql, jobId: string): Promise<readonly MemberResult[]> {
  return (await sql<MemberResult>`select number, parameters, numbers from processes.member where job_id = ${jobId} order by number`.execute(db)).rows;
}

/** Maps of a member as JSON. */
export async function findLayers(db: Sql, jobId: string, number: number): Promise<string | undefined> {
  const { rows } = await sql<{ layers: string | null }>`select layers from processes.member where job_id = ${jobId} and number = ${number}`.execute(db);
  return rows[0]?.layers ?? undefined;
}

/** Numbers of the members that are kept, and how long their maps are together. */
export async function keptMembers(db: Sql, jobId: string): Promise<{ readonly numbers: readonly number[]; readonly layerBytes: number }> {
  const { rows } = await sql<{ numbers: number[] | null; bytes: string | null }>`
    select array_agg(number order by number) as numbers, sum(octet_length(layers))::text as bytes from processes.member where job_id = ${jobId}`.execute(db);
  return { numbers: rows[0]?.numbers ?? [], layerBytes: Number(rows[0]?.bytes ?? 0) };
}

export async function forgetMembers(tx: Tx, jobId: string): Promise<void> {
  await sql`delete from processes.member where job_id = ${jobId}`.execute(tx);
}
