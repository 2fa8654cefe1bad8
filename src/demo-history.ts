import { residentOf } from './demo-history-people.ts';
import { COMPARED, planHistory, type HistoryPlan, type LeftDraft, type ToldCase } from './demo-history-plan.ts';
import { tellCase, tellLeft, type Teller } from './demo-history-cases.ts';
import { usageOf } from './demo-history-use.ts';
import { CITY_ZONE, legalDay } from './kernel/time.ts';
import { followProcessingTimes } from './modules/catalogue/public.ts';
import { seedDemoResident } from './modules/identity/public.ts';
import { countCases, type ProcedureContext } from './modules/procedure/public.ts';
import type { DemoOutreach } from './outreach.ts';
import type { StrategyModules } from './strategy.ts';
import type { StartProgress } from './platform/http/starting.ts';
import { atLeisure } from './platform/jobs/give-way.ts';

/** Whole months that a demo has behind it. */
export const HISTORY_MONTHS = 15;
const TELLING_STEP = 'Die Demo bekommt ihre Vergangenheit';

const STREAM = 'demo:history';
/** From here on the plan is that of this day: it is the same however often the start is interrupted. */
const PLANNED = 'demo.history-planned';
const BEGUN = 'demo.history-begun';

type Noting = Pick<ProcedureContext, 'database' | 'journal' | 'clock'>;

/** A city that somebody else has filled with cases is given no past beside them. */
const MOST_BEFORE = 100;

export interface Filling {
  readonly ctx: ProcedureContext;
  readonly outreach: DemoOutreach;
  readonly strategy: Pick<StrategyModules, 'fillDemo' | 'reportDemo'>;
}

/**
 * Campaign, strategy and what is counted, with so many whole months of cases behind them that light, trend and funnel can
 * be seen. Goes on where an earlier start was interrupted.
 * @param months 0: no past, a small demo
 */
export async function fillDemoHistory({ ctx, outreach, strategy }: Filling, months: number, progress: (now: StartProgress) => void): Promise<void> {
  const plan = months === 0 ? undefined : await historyPlan(ctx, months);
  const { landing, codes } = await outreach.campaign(plan?.from.toZonedDateTime(CITY_ZONE).toInstant());
  if (plan === undefined) {
    await outreach.fillCounts();
    await strategy.fillDemo();
  } else {
    // the strategy can be read while its figures are still being told
    await strategy.fillDemo();
    const told = await tellHistory({ ctx, codes }, plan, progress);
    await followProcessingTimes(ctx);
    const back = (days: number): Temporal.PlainDate => plan.on.subtract({ days });
    const { finished, running } = COMPARED;
    const compared = { finished: { from: back(finished.from), until: back(finished.until) }, running: { from: back(running.from) } };
    await outreach.fillCounts({ use: usageOf(plan, told, { codes, landing }), compared });
  }
  await strategy.reportDemo();
}

/** The plan of a demo's past, as it was when it was first made; a later day would make another one of it. */
async function historyPlan(ctx: ProcedureContext, months: number): Promise<HistoryPlan | undefined> {
  const [kept] = await ctx.journal.readStream(ctx.database.read, STREAM);
  if (kept !== undefined) return planHistory(Temporal.PlainDate.from(String(kept.payload['on'])), Number(kept.payload['months']));
  if ((await countCases(ctx)) > MOST_BEFORE) return undefined;
  const on = legalDay(ctx.clock());
  await note(ctx, PLANNED, { on: on.toString(), months });
  return planHistory(on, months);
}

async function note(ctx: Noting, kind: string, payload: Readonly<Record<string, unknown>>): Promise<void> {
  await ctx.database.write((tx) => ctx.journal.append(tx, { kind: 'system', job: 'demo' }, ctx.clock(), [{ stream: STREAM, kind, payload }]));
}

/** Cases that were decided: whose they are and when they came. */
export type ToldCases = ReadonlyMap<ToldCase | LeftDraft, string>;

/**
 * Tells the past of a demo case by case, oldest first; an interrupted start goes on in the very case it was stopped in.
 * @returns the id of each
 */
async function tellHistory(teller: Teller, plan: HistoryPlan, progress: (now: StartProgress) => void): Promise<ToldCases> {
  const { ctx } = teller;
  const kept = (await ctx.journal.readStream(ctx.database.read, STREAM)).filter(({ kind }) => kind === BEGUN).map(({ payload }) => String(payload['id']));
  const told = new Map<ToldCase | LeftDraft, string>();
  for (const [index, one] of plan.all.entries()) {
    const known = kept[index];
    // only the last one that was begun can have been interrupted
    if (known === undefined || (index === kept.length - 1 && 'way' in one)) {
      progress({ step: TELLING_STEP, done: index, total: plan.all.length });
      told.set(one, await tell(teller, one, known, (id) => note(ctx, BEGUN, { id })));
    } else told.set(one, known);
  }
  for (const [index, at] of plan.accounts.entries()) await atLeisure(seedDemoResident(ctx, residentOf(index, false), at));
  return told;
}

async function tell(teller: Teller, one: ToldCase | LeftDraft, known: string | undefined, begun: (id: string) => Promise<void>): Promise<string> {
  if ('way' in one) return tellCase(teller, one, known, begun);
  const id = await tellLeft(teller, one);
  await begun(id);
  return id;
}
