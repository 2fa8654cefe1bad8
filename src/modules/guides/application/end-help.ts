import { ownerOf, type Actor, type CitizenActor } from '../../../kernel/actor.ts';
import { idOrNobody } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { lapseReason, phaseOf, type Assistance, type EndReason } from '../domain/assistance.ts';
import { deletedBefore, ASSISTANCE_DAYS } from '../domain/retention.ts';
import { helpOver, noDraft, type GuideProblem } from '../domain/problems.ts';
import { deleteEndedBefore, findOfGuide, findOpenOf, keepEnd, lockById, lockLapsed } from '../store/assistance.ts';
import type { GuidesContext } from './context.ts';
import { guideOf } from './guide.ts';
import { assistanceEntry } from './journal.ts';

/** Ends help that is held; once. Journals as its last statement. */
export async function endHelpOf(
  ctx: Pick<GuidesContext, 'journal'>,
  tx: Tx,
  actor: Actor,
  one: Assistance,
  because: EndReason,
  now: Temporal.Instant,
): Promise<Assistance> {
  if (one.endedAt !== null) return one;
  // what its time has ended, nobody ends afterwards
  const reason = phaseOf(one, now) === 'over' ? lapseReason(one) : because;
  await keepEnd(tx, one.id, reason, now);
  await ctx.journal.append(tx, actor, now, [assistanceEntry(one, { kind: 'ended', because: reason })]);
  return { ...one, endedAt: now, endedBecause: reason };
}

/** The person ends the help with a draft of theirs. */
export async function endOwnHelp(ctx: GuidesContext, actor: CitizenActor, draftId: string): Promise<Result<Assistance, GuideProblem>> {
  return ctx.database.transaction(async (tx) => {
    const found = await findOpenOf(tx, idOrNobody(draftId), ownerOf(actor));
    const one = found && (await lockById(tx, found.id));
    return one === undefined ? refuse(noDraft) : ok(await endHelpOf(ctx, tx, actor, one, 'person', ctx.clock()));
  });
}

/** The guide ends the help. */
export async function endGivenHelp(ctx: GuidesContext, actor: Actor, id: string): Promise<Result<Assistance, GuideProblem>> {
  const guide = guideOf(actor);
  return ctx.database.transaction(async (tx) => {
    const found = guide && (await findOfGuide(tx, idOrNobody(id), guide.staffId));
    const one = found && (await lockById(tx, found.id));
    return one === undefined ? refuse(helpOver) : ok(await endHelpOf(ctx, tx, actor, one, 'guide', ctx.clock()));
  });
}

export const SWEEP = 'guides.end-help';
const SWEEPER = { kind: 'system', job: SWEEP } as const;

/** Ends what its time has ended, so that the journal says so, and deletes what is kept no longer. @returns how many */
export async function endLapsedHelp(ctx: Pick<GuidesContext, 'database' | 'journal' | 'clock'>): Promise<{ readonly ended: number; readonly deleted: number }> {
  return ctx.database.write(async (tx) => {
    const now = ctx.clock();
    const lapsed = await lockLapsed(tx, now);
    for (const one of lapsed) await keepEnd(tx, one.id, lapseReason(one), now);
    const deleted = await deleteEndedBefore(tx, deletedBefore(ASSISTANCE_DAYS, now));
    if (lapsed.length > 0) {
      const entries = lapsed.map((one) => assistanceEntry(one, { kind: 'ended', because: lapseReason(one) }));
      await ctx.journal.append(tx, SWEEPER, now, entries);
    }
    return { ended: lapsed.length, deleted };
  });
}
