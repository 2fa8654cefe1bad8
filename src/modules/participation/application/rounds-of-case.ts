import type { ParticipationContext } from './context.ts';
import { legalDay } from '../../../kernel/time.ts';
import { findParticipation } from '../store/case-files.ts';

/** Public rounds of a case that run today or are announced: for pages of other modules that link to them. */
export async function publicRoundsOf(
  ctx: Pick<ParticipationContext, 'database' | 'clock'>,
  caseId: string,
): Promise<{ id: string; title: string; startsOn: string; dueOn: string }[]> {
  const today = legalDay(ctx.clock()).toString();
  const rounds = (await findParticipation(ctx.database.read, caseId))?.rounds ?? [];
  return rounds
    .filter((round) => round.kind === 'oeffentlich' && round.status !== 'closed' && round.dueOn >= today)
    .map(({ id, title, startsOn, dueOn }) => ({ id, title, startsOn, dueOn }));
}
