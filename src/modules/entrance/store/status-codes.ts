import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

export interface KeptCode {
  readonly version: number;
  readonly switchedOff: boolean;
  readonly looks: number;
  readonly lastLookAt: Temporal.Instant | null;
}

/** What is known of a case's code where nobody has touched it. */
const UNTOUCHED: KeptCode = { version: 1, switchedOff: false, looks: 0, lastLookAt: null };

export async function readCode(db: Sql, caseId: string): Promise<KeptCode> {
  const rows = await sql<KeptCode>`select version, switched_off as "switchedOff", looks, last_look_at as "lastLookAt"
    from entrance.status_code where case_id = ${caseId}`.execute(db);
  return rows.rows[0] ?? UNTOUCHED;
}

/** One more look, if the code is still the one that was checked. @returns whether it was */
export async function noteLook(tx: Tx, caseId: string, version: number, at: Temporal.Instant): Promise<boolean> {
  const done = await sql`insert into entrance.status_code as c (case_id, version, looks, last_look_at) values (${caseId}, ${version}, 1, ${at})
    on conflict (case_id) do update set looks = c.looks + 1, last_look_at = excluded.last_look_at
      where c.version = excluded.version and not c.switched_off`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** The next version; the former code opens nothing any more, and what is new was not looked at yet. */
export async function renewCode(tx: Tx, caseId: string): Promise<void> {
  await sql`insert into entrance.status_code as c (case_id, version) values (${caseId}, 2)
    on conflict (case_id) do update set version = c.version + 1, switched_off = false, looks = 0, last_look_at = null`.execute(tx);
}

export async function switchCode(tx: Tx, caseId: string, off: boolean): Promise<void> {
  await sql`insert into entrance.status_code as c (case_id, switched_off) values (${caseId}, ${off})
    on conflict (case_id) do update set switched_off = excluded.switched_off`.execute(tx);
}
