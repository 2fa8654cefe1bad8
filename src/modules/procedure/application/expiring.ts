import type { Sql } from '../../../platform/database/port.ts';
import { answersDue, type AnswerDue } from '../store/expiring.ts';

/** What applicants must answer from one day to another (§ 26(2), § 28 VwVfG), for reminders; of some accounts or of all. */
export const answersDueBetween = (
  db: Sql,
  span: { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate; readonly accountIds?: readonly string[] },
): Promise<readonly AnswerDue[]> => answersDue(db, span);
