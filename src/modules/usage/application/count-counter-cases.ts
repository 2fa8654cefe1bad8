import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { notFoundService } from './problems.ts';
import { readyTens } from '../../../kernel/few.ts';
import type { Stroke } from '../domain/channel.ts';
import { addCounterCases, addStrokes, keepWaiting } from '../store/counter-cases.ts';
import type { Staff, UsageContext } from './context.ts';

/** Most that can be entered at once, e.g. after a day with a paper list. */
export const MOST_AT_ONCE = 500;
/** Strokes of one employee that can be taken back. */
const REMEMBERED = 20;

/** What an employee counted today on this server: in memory, for them alone, and gone with the day. */
export class StrokeMemory {
  #day = '';
  #of = new Map<string, { stroke: Stroke; count: number }[]>();

  add(staffId: string, day: string, stroke: Stroke, count: number): void {
    const own = [...this.own(staffId, day), { stroke, count }];
    this.#of.set(staffId, own.slice(-REMEMBERED));
  }

  own(staffId: string, day: string): readonly { readonly stroke: Stroke; readonly count: number }[] {
    if (day !== this.#day) [this.#day, this.#of] = [day, new Map()];
    return this.#of.get(staffId) ?? [];
  }

  takeBack(staffId: string, day: string): { readonly stroke: Stroke; readonly count: number } | undefined {
    const own = [...this.own(staffId, day)];
    const last = own.pop();
    this.#of.set(staffId, own);
    return last;
  }
}

const nothingToUndo: Problem = {
  kind: 'wrong-state',
  detail: 'Es gibt nichts zurückzunehmen. Gemerkt werden nur Ihre letzten Zählungen von heute.',
};

type Counting = Pick<UsageContext, 'database' | 'journal' | 'clock' | 'services'> & { readonly strokes: StrokeMemory };

/** Counts cases that came by another way than online. Only whole tens are kept with a date and journalled. */
export async function countCounterCases(ctx: Counting, actor: Staff, stroke: Stroke, count = 1): Promise<Result<Stroke, Problem>> {
  if (!ctx.services().some(({ key }) => key === stroke.service)) return refuse(notFoundService);
  await strike(ctx, stroke, count);
  ctx.strokes.add(actor.staffId, legalDay(ctx.clock()).toString(), stroke, count);
  return ok(stroke);
}

/** Takes back the employee's own last count of today. */
export async function undoCounterCases(ctx: Counting, actor: Staff): Promise<Result<Stroke, Problem>> {
  const last = ctx.strokes.takeBack(actor.staffId, legalDay(ctx.clock()).toString());
  if (last === undefined) return refuse(nothingToUndo);
  await strike(ctx, last.stroke, -last.count);
  return ok(last.stroke);
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
