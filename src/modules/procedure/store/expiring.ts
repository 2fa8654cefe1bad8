import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';

/** An answer that applicants must give by a day. */
export interface AnswerDue {
  readonly caseId: string;
  readonly service: string;
  /** All who applied, each with a Postfach of their own. */
  readonly accountIds: readonly string[];
  readonly kind: 'nachforderung' | 'anhoerung';
  readonly dueOn: Temporal.PlainDate;
}

/** Open requests and hearings that end from one day to another, both included; of one account or of all. */
export async function answersDue(
  db: Sql,
  span: { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate; readonly accountId?: string },
): Promise<AnswerDue[]> {
  const { from, until, accountId } = span;
  // who withdrew while others go on has nothing to answer
  const applicants = sql`array(select a.id from (
      select c.account_id::text as id union select one->>'accountId' from jsonb_array_elements(coalesce(c.state->'coApplicants', '[]')) one) a
    where a.id is not null and not coalesce(c.state->'withdrawn', '[]') ? a.id order by a.id)`;
  const mine = accountId === undefined ? sql`` : sql`where ${accountId} = any("accountIds")`;
  const rows = await sql<AnswerDue>`select * from (
      select c.id as "caseId", c.service, ${applicants} as "accountIds", d.kind, d.due_on as "dueOn"
      from procedure.deadline d join procedure.case_file c on c.id = d.case_id
      where d.kind in ('nachforderung', 'anhoerung') and d.due_on between ${from}::date and ${until}::date
        and c.status in ('unvollstaendig', 'anhoerung')
    ) due ${mine} order by "dueOn", "caseId"`.execute(db);
  return rows.rows;
}
