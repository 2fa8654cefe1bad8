import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Credibility, Reliability } from '../../../kernel/report.ts';

export interface Assessment {
  readonly id: string;
  readonly reportId: string;
  readonly action: 'confirm' | 'refuse' | 'reopen' | 'grade';
  /** The grade after it. */
  readonly reliability: Reliability;
  readonly credibility: Credibility;
  readonly reason: string;
  readonly memberName: string;
  readonly at: Temporal.Instant;
}

export async function insertAssessment(tx: Tx, lageId: string, one: Assessment & { readonly memberId: string }): Promise<void> {
  await sql`insert into reports.assessment (id, lage_id, report_id, action, reliability, credibility, reason, member_id, member_name, at)
    values (${one.id}, ${lageId}, ${one.reportId}, ${one.action}, ${one.reliability}, ${one.credibility}, ${one.reason}, ${one.memberId}, ${one.memberName}, ${one.at})`.execute(
    tx,
  );
}

/** Of reports, the newest first. */
export async function assessmentsOf(db: Sql, reportIds: readonly string[]): Promise<Assessment[]> {
  if (reportIds.length === 0) return [];
  const { rows } = await sql<Assessment>`select id, report_id as "reportId", action, reliability, credibility, reason, member_name as "memberName", at
    from reports.assessment where report_id = any(${[...reportIds]}::uuid[]) order by at desc, id desc limit 500`.execute(db);
  return rows;
}
