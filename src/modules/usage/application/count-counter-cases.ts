import { DayTally, type Tallied } from '../../../kernel/day-tally.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { notFoundService } from './problems.ts';
import { readyTens } from '../../../kernel/few.ts';
import type { Stroke } from '../domain/channel.ts';
import { addCounterCases, addStrokes, keepWaiting } from '../store/counter-cases.ts';
import type { Staff, UsageContext } from './context.ts';
import { rememberUsed } from './counting-list.ts';

/** Most that can be entered at once, e.g. after a day with a paper list. */
export const MOST_AT_ONCE = 500;

/** What each employee counted today at the counter. */
export class StrokeMemory extends DayTally<Stroke> {
  constructor() {
    super(({ service, channel }) => `${service}.${channel}`);
  }
}

const nothingToUndo: Problem = {
  kind: 'wrong-state',
  detail: 'Es gibt nichts zurückzunehmen. Gemerkt werden nur Ihre letzten Zählungen von heute.',
};

/** A stroke with what its employee has counted today by now. */
export type Counted = Stroke & Tallied;

type Counting = Pick<UsageContext, 'database' | 'journal' | 'clock' | 'services'> & { readonly strokes: StrokeMemory };

/** Counts cases that came by another way than online. Only whole tens are kept with a date and journalled. */
export async function countCounterCases(ctx: Counting, actor: Staff, stroke: Stroke, count = 1): Promise<Result<Counted, Problem>> {
  if (!ctx.services().some(({ key }) => key === stroke.service)) return refuse(notFoundService);
  await strike(ctx, stroke, count);
  return ok({ ...stroke, ...ctx.strokes.add(actor.staffId, legalDay(ctx.clock()).toString(), stroke, count) });
}

/** Counts one, and keeps the service in the employee's list of what they count. */
export async function countAtDesk(ctx: Counting, actor: Staff, stroke: Stroke, count = 1): Promise<Result<Counted, Problem>> {
  const done = await countCounterCases(ctx, actor, stroke, count);
  if (done.ok) await rememberUsed(ctx, actor, stroke.service);
  return done;
}

/** Takes back the employee's own last count of today. */
export async function undoCounterCases(ctx: Counting, actor: Staff): Promise<Result<Counted, Problem>> {
  const last = ctx.strokes.takeBack(actor.staffId, legalDay(ctx.clock()).toString());
  if (last === undefined) return refuse(nothingToUndo);
  const { one, times, today, all } = last;
  await strike(ctx, one, -times);
  return ok({ ...one, today, all });
}

async function strike(ctx: Counting, stroke: Stroke, count: number): Promise<void> {
  const now = ctx.clock();
  const month = legalDay(now).with({ day: 1 }).toString();
  await ctx.database.write(async (tx) => {
    const waiting = await addStrokes(tx, stroke, count);
    const tens = readyTens(waiting);
    await keepWaiting(tx, stroke, waiting - tens);
    if (tens === 0) return;
    await addCounterCases(tx, stroke, month, tens);
    // no name of the employee: that ten came together here says nothing of who did it
    await ctx.journal.append(tx, { kind: 'system', job: 'usage.count' }, now, [
      { stream: `usage:${stroke.service}`, kind: 'usage.counter-cases', payload: { ...stroke, count: tens } },
    ]);
  });
}
