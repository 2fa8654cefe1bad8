import type { Actor } from '../../../kernel/actor.ts';
import { refuse, ok, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Attachment } from '../../../platform/documents/port.ts';
import { noReport, type CockpitProblem } from '../domain/problems.ts';
import { firstDay, monthsOf, quarterAfter, quarterBefore, quarterKey, quarterOf, readQuarter, type Quarter } from '../domain/quarter.ts';
import { findReport, insertReport, listReports, type KeptReport } from '../store/reports.ts';
import { strategyData } from './open-data.ts';
import { quarterFigures, quarterStanding, type QuarterFigures } from './quarter-figures.ts';
import { changesBetween } from './changes-since.ts';
import { keyHistories } from './key-histories.ts';
import { lightHistory } from './light-history.ts';
import { standing, type Standing } from './read-strategy.ts';
import { reportData, type Reported } from './report-data.ts';
import { courseData, figuresData } from './report-figures.ts';
import { Pictures } from './report-pictures.ts';
import { REPORT_TEMPLATE } from './report-template.ts';
import { usageFigures } from './usage-figures.ts';
import type { CockpitContext } from './context.ts';

export const REPORT_JOB = 'cockpit.report-quarter';
const CLOCK: Actor = { kind: 'system', job: REPORT_JOB };

type About = Pick<Reported, 'quarter' | 'stands' | 'figures' | 'preliminary'>;

/** Everything else that a report tells, as it was in its quarter. */
async function toldOf(ctx: CockpitContext, about: About): Promise<Reported> {
  const { quarter, stands, figures, preliminary } = about;
  const dayBefore = firstDay(quarter).subtract({ days: 1 });
  const period = monthsOf(quarter, preliminary ? stands.day : undefined);
  return {
    ...about,
    difference: await changesBetween(ctx, dayBefore, stands.day),
    stood: await quarterStanding(ctx, quarterBefore(quarter), figures?.before),
    lights: await lightHistory(ctx, stands),
    histories: figures === undefined ? [] : await keyHistories(ctx, stands.strategy, figures.own, period.last),
    usage: figures === undefined ? undefined : await usageFigures(ctx, quarter, period),
    burden: ctx.burden && { own: await ctx.burden(stands.day), before: await ctx.burden(dayBefore) },
    madeAt: ctx.clock(),
    city: ctx.settings.city,
  };
}

/** Typesets a report, with everything in it as data. */
async function typesetReport(ctx: CockpitContext, about: About): Promise<Uint8Array> {
  const { stands, quarter, figures } = about;
  const [reported, pictures] = [await toldOf(ctx, about), new Pictures()];
  const data = reportData(reported, pictures.draw);
  const json = (name: string, value: unknown, description: string): Attachment => ({
    ...{ name, description, mediaType: 'application/json' },
    bytes: new TextEncoder().encode(JSON.stringify(value, null, 1)),
  });
  return ctx.typesetter.compile(REPORT_TEMPLATE, data, [
    ...pictures.all,
    json('strategie.json', strategyData(stands, ctx.settings), 'Die Strategie und ihr Fortschritt als Daten'),
    ...(figures === undefined ? [] : [json('kennzahlen.json', figuresData(quarter, figures), 'Die Kennzahlen des Quartals als Daten')]),
    json('verlauf.json', courseData(reported), 'Verlauf der Ampeln und Kennzahlen, Nutzungsgrad und Aufwand als Daten'),
  ]);
}

/** Makes the report of a quarter that is over, seals it and keeps it unchanged; its hash stands in the journal. @returns whether it was made */
async function makeReport(ctx: CockpitContext, quarter: Quarter): Promise<boolean> {
  const key = quarterKey(quarter);
  if ((await findReport(ctx.database.read, key)) !== undefined) return false;
  const figures = await quarterFigures(ctx, quarter);
  const stands = await quarterStanding(ctx, quarter, figures?.own);
  if (stands.strategy.field.size === 0) return false;
  const now = ctx.clock();
  const plain = await typesetReport(ctx, { quarter, stands, figures, preliminary: false });
  const pdf = await ctx.seal.seal(plain, { reason: `Bericht zur Strategie, ${key}`, at: now });
  return ctx.database.write(async (tx) => {
    const sha256 = await ctx.files.put(tx, pdf, 'application/pdf');
    if (!(await insertReport(tx, { quarter: key, sha256, madeAt: now }))) return false;
    await ctx.journal.append(tx, CLOCK, now, [{ stream: `strategy:report/${key}`, kind: 'cockpit.report-made', payload: { quarter: key, sha256 } }]);
    return true;
  });
}

/**
 * Makes every report that is missing, from the quarter in which the strategy was first entered to the last one that is
 * over: a city that was down over New Year has no hole. Each is made once: a later call changes nothing.
 * @returns the quarters, oldest first, whose report was made
 */
export async function makeMissingReports(ctx: CockpitContext): Promise<readonly string[]> {
  const first = (await ctx.history.versions())[0];
  if (first === undefined) return [];
  const running = quarterKey(quarterOf(legalDay(ctx.clock())));
  const made: string[] = [];
  for (let quarter = quarterOf(legalDay(first.at)); quarterKey(quarter) < running; quarter = quarterAfter(quarter))
    if (await makeReport(ctx, quarter)) made.push(quarterKey(quarter));
  return made;
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
  return ok({ pdf: await typesetReport(ctx, { quarter, stands, figures: await figuresSoFar(ctx, quarter, stands), preliminary: true }), preliminary: true });
}

/** Where the figures cannot be read, a preliminary report does without. */
async function figuresSoFar(ctx: CockpitContext, quarter: Quarter, { day }: Standing): Promise<QuarterFigures | undefined> {
  try {
    return await quarterFigures(ctx, quarter, day);
  } catch (error) {
    ctx.log.error('cockpit.indicators-unread', { error: String(error) });
    return undefined;
  }
}

/** Kept reports, the newest first, and the quarter that is running. */
export async function reportList(ctx: Pick<CockpitContext, 'database' | 'clock'>): Promise<{ readonly kept: readonly KeptReport[]; readonly running: string }> {
  return { kept: await listReports(ctx.database.read), running: quarterKey(quarterOf(legalDay(ctx.clock()))) };
}
