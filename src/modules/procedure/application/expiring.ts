import type { Sql } from '../../../platform/database/port.ts';
import { answersDue, type AnswerDue } from '../store/expiring.ts';

/** What applicants must answer (§ 26(2), § 28 VwVfG) or can object to (§ 70 VwGO) until a day from one to another, for reminders; of some accounts or of all. */
export const answersDueBetween = (
  db: Sql,
  span: { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate; readonly accountIds?: readonly string[] },
): Promise<readonly AnswerDue[]> => answersDue(db, span);
