import { expectOk, ok } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { decide } from '../domain/decide.ts';
import { casesOfTheDay, lockParticipation } from '../store/case-files.ts';
import type { ParticipationContext } from './context.ts';
import { circumstances } from './law.ts';
import { sendLinks } from './links.ts';
import { save } from './save.ts';

export const SWEEP = 'participation.sweep';
const PAGE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Job by the clock: silence, reminders, ends of rounds. Idempotent; misses nothing after a standstill. @returns events */
export async function sweep(ctx: ParticipationContext): Promise<number> {
  const now = ctx.clock();
  let happened = 0;
  const failed: string[] = [];
  for (let after = FIRST; ;) {
    const due = await casesOfTheDay(ctx.database.read, legalDay(now), PAGE, after);
    for (const caseId of due) {
      const events = await timeOf(ctx, caseId, now);
      if (events === undefined) failed.push(caseId);
      else happened += events;
    }
    if (due.length < PAGE) break;
    after = due.at(-1)!;
  }
  // the job fails aloud, after everybody else has had their day
  if (failed.length > 0) throw new Error(`no time passed in ${failed.length} cases: ${failed.slice(0, 10).join(', ')}`);
  return happened;
}

/** One case that cannot be worked on must not keep the others waiting. @returns `undefined` for such a one */
async function timeOf(ctx: ParticipationContext, caseId: string, now: Temporal.Instant): Promise<number | undefined> {
  try {
    return await passTime(ctx, caseId, now);
  } catch (error) {
    ctx.log.error('participation.sweep-failed', { caseId, error: String(error) });
    return undefined;
  }
}

async function passTime(ctx: ParticipationContext, caseId: string, now: Temporal.Instant): Promise<number> {
  const done = await ctx.database.transaction(async (tx) => {
    const before = await lockParticipation(tx, caseId);
    if (before === undefined) return ok(0);
    const events = expectOk(decide(before, { action: 'pass-time' }, circumstances(now)));
    expectOk(
      await save(ctx, tx, { kind: 'system', job: SWEEP }, now, { before, events, effects: (inner, { state }) => sendLinks(ctx, inner, state, events, now) }),
    );
    return ok(events.length);
  });
  return expectOk(done);
}
