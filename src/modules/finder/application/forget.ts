import { shortestDays } from '../../../kernel/retention.ts';
import { legalDay } from '../../../kernel/time.ts';
import { keptUntil, RETENTION } from '../domain/retention.ts';
import { closedBefore, deleteQuestion } from '../store/questions.ts';
import { streamOf, type FinderContext } from './context.ts';

export const FORGET = 'finder.forget-questions';
const AT_ONCE = 500;

/** Job by the clock: closed questions go after their time. Idempotent. @returns how many went */
export async function forgetQuestions(ctx: Pick<FinderContext, 'database' | 'journal' | 'clock'>): Promise<number> {
  const now = ctx.clock();
  const today = legalDay(now);
  const least = shortestDays(RETENTION);
  let gone = 0;
  for (const { id, closedAt } of await closedBefore(ctx.database.read, now.subtract({ hours: 24 * least }), AT_ONCE)) {
    if (Temporal.PlainDate.compare(today, keptUntil(legalDay(closedAt))) <= 0) continue;
    await ctx.database.write(async (tx) => {
      if (!(await deleteQuestion(tx, id))) return;
      gone += 1;
      await ctx.journal.append(tx, { kind: 'system', job: FORGET }, now, [
        { stream: streamOf(id), kind: 'finder.question-forgotten', payload: { questionId: id } },
      ]);
    });
  }
  return gone;
}
