import type { Actor } from '../../../kernel/actor.ts';
import { refuse, ok, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { noReport, type CockpitProblem } from '../domain/problems.ts';
import { endOfDay, firstDay, lastDay, quarterBefore, quarterKey, quarterOf, readQuarter, type Quarter } from '../domain/quarter.ts';
import { findReport, insertReport, listReports, type KeptReport } from '../store/reports.ts';
import { strategyData } from './open-data.ts';
import { changesSince, standing, type Standing } from './read-strategy.ts';
import { lightsChart } from './report-chart.ts';
import { lightRows, reportData } from './report-data.ts';
import { REPORT_TEMPLATE } from './report-template.ts';
import type { CockpitContext } from './context.ts';

export const REPORT_JOB = 'cockpit.report-quarter';
const SOON_DAYS = 7;
const CLOCK: Actor = { kind: 'system', job: REPORT_JOB };

/** Typesets the report of a quarter as it stood on its last day, or stands today. */
async function typesetReport(ctx: CockpitContext, quarter: Quarter, stands: Standing, preliminary: boolean): Promise<Uint8Array> {
  const difference = await changesSince(ctx, firstDay(quarter).subtract({ days: 1 }), stands.day);
  const data = reportData(stands, difference, quarter, { at: ctx.clock(), preliminary });
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  return ctx.typesetter.compile(REPORT_TEMPLATE, data, [
    { name: 'ampeln.svg', mediaType: 'image/svg+xml', bytes: encode(lightsChart(lightRows(stands))), description: data.chartAlt, drawn: true },
    {
      name: 'strategie.json',
      mediaType: 'application/json',
      bytes: encode(JSON.stringify(strategyData(stands, ctx.settings.publicUrl), null, 1)),
      description: 'Die Strategie und ihr Fortschritt als Daten',
    },
  ]);
}

/**
 * Makes the report of the quarter that has ended last, seals it and keeps it unchanged; its hash stands in the journal.
 * Made once: a later call changes nothing. @returns the quarter, where a report was made
 */
export async function makeQuarterReport(ctx: CockpitContext): Promise<string | undefined> {
  const now = ctx.clock();
  const quarter = quarterBefore(quarterOf(legalDay(now)));
  const key = quarterKey(quarter);
  if ((await findReport(ctx.database.read, key)) !== undefined) return undefined;
  const then = await ctx.history.at(endOfDay(lastDay(quarter)));
  if (then.field.size === 0) return undefined;
  // figures of indicators are those of the day the report is made, so they belong to it only soon after the quarter's end
  const soon = lastDay(quarter).until(legalDay(now), { largestUnit: 'days' }).days <= SOON_DAYS;
  const plain = await typesetReport(ctx, quarter, await standing(ctx, lastDay(quarter), soon ? 'now' : undefined), false);
  const pdf = await ctx.seal.seal(plain, { reason: `Bericht zur Strategie, ${key}`, at: now });
  return ctx.database.write(async (tx) => {
    const sha256 = await ctx.files.put(tx, pdf, 'application/pdf');
    if (!(await insertReport(tx, { quarter: key, sha256, madeAt: now }))) return undefined;
    await ctx.journal.append(tx, CLOCK, now, [{ stream: `strategy:report/${key}`, kind: 'cockpit.report-made', payload: { quarter: key, sha256 } }]);
    return key;
  });
}

/** The report of a quarter: as it was kept, or of the running one as it would be today. */
export async function quarterReport(
  ctx: CockpitContext,
  key: string,
): Promise<Result<{ readonly pdf: Uint8Array; readonly preliminary: boolean }, CockpitProblem>> {
  const quarter = readQuarter(key);
  if (quarter === undefined) return refuse(noReport);
  const kept = await findReport(ctx.database.read, key);
  const file = kept && (await ctx.files.get(kept.sha256));
  if (file !== undefined) return ok({ pdf: file, preliminary: false });
  const running = quarterKey(quarterOf(legalDay(ctx.clock()))) === key;
  const stands = running ? await standing(ctx) : undefined;
  if (stands === undefined || stands.strategy.field.size === 0) return refuse(noReport);
  return ok({ pdf: await typesetReport(ctx, quarter, stands, true), preliminary: true });
}

/** Kept reports, the newest first, and the quarter that is running. */
export async function reportList(ctx: Pick<CockpitContext, 'database' | 'clock'>): Promise<{ readonly kept: readonly KeptReport[]; readonly running: string }> {
  return { kept: await listReports(ctx.database.read), running: quarterKey(quarterOf(legalDay(ctx.clock()))) };
}
