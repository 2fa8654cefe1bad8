import type { Sql } from '../../../platform/database/port.ts';
import { mergeConditions, type FollowedCondition } from '../domain/conditions.ts';
import { listFollowed } from '../store/statements.ts';

/** What consulted agencies ask for and the Abwaegung follows, each once, with who asked: for the draft of the decision. */
export async function followedConditions(db: Sql, caseId: string): Promise<FollowedCondition[]> {
  return mergeConditions(await listFollowed(db, caseId));
}
