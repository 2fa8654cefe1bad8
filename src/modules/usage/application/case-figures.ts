import { createHmac } from 'node:crypto';
import { FEWEST } from '../../../kernel/few.ts';
import { legalDay } from '../../../kernel/time.ts';
import { toldCases, type CaseFigure, type PhaseOf } from '../domain/case-figures.ts';
import { counterCases } from '../store/counter-cases.ts';
import { keepFigures, keptFigures } from '../store/case-figures.ts';
import type { Days, UsageContext } from './context.ts';

/** What is told of cases: of which days, and as of when. */
export interface ToldCases {
  readonly days: Days;
  readonly asOf: Temporal.Instant;
  readonly figures: readonly CaseFigure[];
}

type Reckoning = Pick<UsageContext, 'clock' | 'database' | 'settings' | 'cases' | 'secret'>;

/** Twelve whole months before that of a day. */
function yearBefore(day: Temporal.PlainDate): Days {
  const month = day.with({ day: 1 });
  return { from: month.subtract({ months: 12 }), until: month.subtract({ days: 1 }) };
}

export const caseDays = ({ clock }: Pick<UsageContext, 'clock'>): Days => yearBefore(legalDay(clock()));

/** The figures of cases as they were told on a day; of days to come what is told now. */
export function casesOn(ctx: Reckoning, on: Temporal.PlainDate): Promise<ToldCases> {
  const today = legalDay(ctx.clock());
  return casesOf(ctx, yearBefore(Temporal.PlainDate.compare(on, today) < 0 ? on : today));
}

export const casesNow = (ctx: Reckoning): Promise<ToldCases> => casesOf(ctx, caseDays(ctx));

/**
 * Figures of cases change when a month is over, for all servers alike, and stay until the next is: from one day to another
 * nobody sees a single case come, be decided, or go out of the twelve months.
 */
async function casesOf(ctx: Reckoning, days: Days): Promise<ToldCases> {
  const now = ctx.clock();
  // the past of a demo is told while its pages are read already
  if (ctx.settings.env === 'demo') return { days, asOf: now, figures: await reckoned(ctx, days) };
  const month = days.until.add({ days: 1 }).toString();
  const known = await keptFigures(ctx.database.read, month);
  if (known !== undefined) return { days, asOf: known.reckonedAt, figures: known.figures };
  const figures = await reckoned(ctx, days);
  await ctx.database.write((tx) => keepFigures(tx, month, now, figures));
  const kept = await keptFigures(ctx.database.read, month);
  return { days, asOf: kept?.reckonedAt ?? now, figures: kept?.figures ?? figures };
}

async function reckoned(ctx: Reckoning, days: Days): Promise<readonly CaseFigure[]> {
  const matched = await onlineMatched(ctx, days);
  const cases = await ctx.cases.ofServices(days);
  return toldCases(
    cases.map((one) => ({ ...one, onlineMatched: matched.get(one.service) ?? 0 })),
    phasesUnder(ctx.secret),
  );
}

/** Online cases of just those months of a service in which its counters counted: the others have no denominator. */
async function onlineMatched(ctx: Reckoning, days: Days): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  for (const [month, counted] of Map.groupBy(await counterCases(ctx.database.read, days), (one) => one.month)) {
    const cases = await ctx.cases.ofServices(wholeMonth(month));
    for (const { service } of counted) {
      const submitted = cases.find((one) => one.service === service)?.submitted ?? 0;
      sums.set(service, (sums.get(service) ?? 0) + submitted);
    }
  }
  return sums;
}

function wholeMonth(month: string): Days {
  const from = Temporal.PlainDate.from(month);
  return { from, until: from.add({ months: 1 }).subtract({ days: 1 }) };
}

/** The same in every month and process: a new one each time would be averaged away. */
export const phasesUnder =
  (secret: string): PhaseOf =>
  (counter) =>
    createHmac('sha256', secret).update(`usage.phase\n${counter}`).digest().readUInt32BE(0) % FEWEST;
