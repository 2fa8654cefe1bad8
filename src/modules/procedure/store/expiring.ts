import { sql, type RawBuilder } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';

/** An answer that applicants must give by a day, or the last day on which they can object (`rechtsbehelf`). */
export interface AnswerDue {
  readonly caseId: string;
  readonly service: string;
  /** All who applied, each with a Postfach of their own. */
  readonly accountIds: readonly string[];
  readonly kind: 'nachforderung' | 'anhoerung' | 'rechtsbehelf';
  readonly dueOn: Temporal.PlainDate;
}

/** From one day to another, both included; of some accounts or of all. */
export interface AnswerSpan {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
  readonly accountIds?: readonly string[];
}

/** Open requests, hearings and remedies that end in the span. */
export const answersDue = async (db: Sql, span: AnswerSpan): Promise<AnswerDue[]> => (await answersDueQuery(span).execute(db)).rows;

/** Exported for a test that looks at how it is carried out: where accounts are named, no case of others is read. */
export function answersDueQuery({ from, until, accountIds }: AnswerSpan): RawBuilder<AnswerDue> {
  // who withdrew while others go on has nothing to answer
  const applicants = sql`array(select a.id from (
      select c.account_id::text as id union select one->>'accountId' from jsonb_array_elements(coalesce(c.state->'coApplicants', '[]')) one) a
    where a.id is not null and not coalesce(c.state->'withdrawn', '[]') ? a.id order by a.id)`;
  const ids = sql`${accountIds === undefined ? [] : [...accountIds]}`;
  const theirs =
    accountIds === undefined
      ? sql``
      : sql`and c.id in (select id from procedure.case_file where account_id = any(${ids}::uuid[])
          union all select id from procedure.case_file where co_accounts <> '{}' and co_accounts && ${ids}::uuid[])`;
  // who withdrew is no applicant any more, though the case is found by the account
  const mine = accountIds === undefined ? sql`` : sql`where "accountIds" && ${ids}::text[]`;
  return sql<AnswerDue>`select * from (
      select c.id as "caseId", c.service, ${applicants} as "accountIds", d.kind, d.due_on as "dueOn"
      from procedure.deadline d join procedure.case_file c on c.id = d.case_id
      where d.due_on between ${from}::date and ${until}::date and (d.kind, c.status) in
        (('nachforderung', 'unvollstaendig'), ('anhoerung', 'anhoerung'), ('rechtsbehelf', 'bekanntgegeben')) ${theirs}
    ) due ${mine} order by "dueOn", "caseId"`;
}
