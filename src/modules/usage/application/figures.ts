import type { FunnelOf, FunnelStage, RateOn, StandingRate, UseStep } from '../../../kernel/usage.ts';
import { legalDay } from '../../../kernel/time.ts';
import { cityCompletion, cityUsage, completionShare, sum, usageShare, type Rate, type ServiceCounts } from '../domain/rates.ts';
import { FEWEST, inTens } from '../../../kernel/few.ts';
import { sumByMonth, sumBySubject, sumCells, sumOrigins } from '../store/cells.ts';
import { counterCases } from '../store/counter-cases.ts';
import { importedByMonth, listImports } from '../store/imports.ts';
import { sumRatings } from '../store/ratings.ts';
import { listSurveys } from '../store/surveys.ts';
import type { CaseMeasure } from '../domain/case-figures.ts';
import { casesNow, casesOn, phasesUnder, type ToldCases } from './case-figures.ts';
import type { Days, UsageContext } from './context.ts';
import type { Import, ImportedMonth, RatingSum, Sum, Survey } from '../domain/kept.ts';

/** How long a figure that was reckoned once is told again. */
const REMEMBERED_MS = { demo: 20_000, production: 10 * 60_000 };

/** A service with what is told of it. Counts are whole tens. */
export interface ServiceFigures {
  readonly key: string;
  readonly submitted: number;
  readonly decided: number;
  readonly givenUp: number;
  readonly discarded: number;
  /** Of the submitted, those of the months in which the counters counted, too. */
  readonly onlineMatched: number;
  /** In how many of the twelve months the counters counted. */
  readonly countedMonths: number;
  /** In those months. Absent: nobody counted at the counters. */
  readonly byOtherWays: number | undefined;
  readonly usage: Rate;
  readonly completion: Rate;
  /** Where applications were given up, by page: whole tens. */
  readonly leftAt: Readonly<Record<string, number>>;
}

export interface Figures {
  readonly days: Days;
  readonly asOf: Temporal.Instant;
  /** Of which days cases are told. */
  readonly caseDays: Days;
  readonly city: { readonly usage: Rate; readonly usageServices: number; readonly usageMonths: number; readonly completion: Rate };
  readonly surveys: readonly Survey[];
  readonly services: readonly ServiceFigures[];
  /** Sums over all subjects. */
  readonly sums: readonly Sum[];
  readonly months: readonly { readonly month: string; readonly step: string; readonly count: number }[];
  readonly ratings: readonly RatingSum[];
  readonly imports: readonly Import[];
  readonly imported: readonly ImportedMonth[];
}

/** What is published, reckoned now and then. One for a process. */
export class PublishedFigures {
  readonly #ctx: UsageContext;
  #kept: { readonly until: number; readonly value: Promise<Figures> } | undefined;
  #sums = new Map<string, Promise<Sum[]>>();

  constructor(ctx: UsageContext) {
    this.#ctx = ctx;
  }

  read(): Promise<Figures> {
    const now = this.#ctx.clock().epochMilliseconds;
    if (this.#kept !== undefined && now < this.#kept.until) return this.#kept.value;
    this.#sums = new Map();
    const value = figuresNow(this.#ctx);
    this.#kept = { until: now + REMEMBERED_MS[this.#ctx.settings.env], value };
    value.catch(() => this.forget());
    return value;
  }

  /** The counters of one service (or landing page), by one thing at a time. As old as the figures. */
  sumsOf(subject: string): Promise<Sum[]> {
    const known = this.#sums.get(subject);
    if (known !== undefined) return known;
    const sums = sumCells(this.#ctx.database.read, publishedDays(this.#ctx), subject);
    this.#sums.set(subject, sums);
    sums.catch(() => this.forget());
    return sums;
  }

  /** Something was entered that everybody shall see at once. */
  forget(): void {
    this.#kept = undefined;
    this.#sums = new Map();
  }
}

/** The last twelve months until yesterday: a day is told when it is over. A demo tells today, too: who tries it shall see it count. */
export function publishedDays({ clock, settings }: Pick<UsageContext, 'clock' | 'settings'>): Days {
  const today = legalDay(clock());
  const until = settings.env === 'demo' ? today : today.subtract({ days: 1 });
  return { from: until.subtract({ months: 12 }).add({ days: 1 }), until };
}

async function figuresNow(ctx: UsageContext): Promise<Figures> {
  const { read } = ctx.database;
  const [days, asOf] = [publishedDays(ctx), ctx.clock()];
  const cases = await casesNow(ctx);
  const all = await countsOf(ctx, cases);
  const city = cityUsage(all);
  return {
    days,
    asOf,
    city: {
      usage: { share: city.share, origin: 'live', asOf: cases.asOf },
      usageServices: city.services,
      usageMonths: city.months,
      completion: { share: cityCompletion(all), origin: 'live', asOf: cases.asOf },
    },
    caseDays: cases.days,
    surveys: await listSurveys(read),
    services: all.map((counts) => told(counts, cases)),
    sums: await sumCells(read, days),
    months: await sumByMonth(read, days, ['service-shown', 'form-begun', 'form-submitted']),
    ratings: await sumRatings(read, days),
    imports: await listImports(read),
    imported: await importedByMonth(read),
  };
}

/** What rates are made of, of each service. */
async function countsOf(ctx: Pick<UsageContext, 'database' | 'services'>, { days, figures }: ToldCases): Promise<ServiceCounts[]> {
  const { read } = ctx.database;
  const [discarded, others] = [await sumBySubject(read, days, 'form-abandoned'), await counterCases(read, days)];
  return ctx.services().map(({ key }) => {
    const of = (measure: CaseMeasure): number => figures.find((one) => one.service === key && one.measure === measure)?.count ?? 0;
    const counted = others.filter(({ service }) => service === key);
    return {
      service: key,
      submitted: of('submitted'),
      decided: of('decided'),
      givenUp: of('given-up'),
      discarded: discarded.get(key) ?? 0,
      onlineMatched: of('online-matched'),
      countedMonths: counted.length,
      byOtherWays: counted.length === 0 ? undefined : sum(counted.map(({ count }) => count)),
    };
  });
}

/** A rate as it was told on a day, of some services together or of the city. */
export function rateOn(ctx: UsageContext): RateOn {
  return async ({ rate, services, on, title }) => {
    if (rate === 'survey') return surveyRate(await listSurveys(ctx.database.read), on, title);
    const cases = await casesOn(ctx, on);
    const counts = (await countsOf(ctx, cases)).filter(({ service }) => services.length === 0 || services.includes(service));
    if (rate === 'completion') return { share: cityCompletion(counts), days: cases.days };
    const { share, services: known } = cityUsage(counts);
    return { share, days: cases.days, services: { known, all: counts.length } };
  };
}

/** Of who knows or uses the city's services: the last until this day. */
function surveyRate(surveys: readonly Survey[], on: Temporal.PlainDate, title: string | undefined): StandingRate {
  const asked = surveys.find(
    (one) => one.about === 'reach' && Temporal.PlainDate.compare(one.takenOn, on) <= 0 && (title === undefined || one.title === title),
  );
  if (asked === undefined) return { share: { kind: 'unknown' } };
  const { share, takenOn, sampleSize, source } = asked;
  return {
    share: { kind: 'known', value: share, of: sampleSize },
    days: { from: takenOn, until: takenOn },
    survey: { title: asked.title, source, sampleSize },
  };
}

function told(counts: ServiceCounts, { asOf, figures }: ToldCases): ServiceFigures {
  const { service, submitted, decided, givenUp, discarded, onlineMatched, countedMonths, byOtherWays } = counts;
  return {
    key: service,
    submitted,
    decided,
    givenUp,
    discarded,
    onlineMatched,
    countedMonths,
    byOtherWays,
    usage: { share: usageShare(onlineMatched, byOtherWays), origin: 'live', asOf },
    completion: { share: completionShare(counts), origin: 'live', asOf },
    leftAt: Object.fromEntries(figures.flatMap((one) => (one.service === service && one.measure === 'left-at' ? [[one.page, one.count]] : []))),
  };
}

const REQUEST_STEPS: readonly UseStep[] = ['link-followed', 'landing-shown', 'landing-onward', 'service-shown', 'form-begun', 'form-submitted'];

/** The way from a link to the decision. Requests come from the counters, the last two from the cases. */
export function funnelOn(ctx: Pick<UsageContext, 'database' | 'cases' | 'secret'>): FunnelOf {
  return async ({ origins, from, until }) => {
    // the oldest link stands for the campaign: another link must not draw another phase
    const phase = phasesUnder(ctx.secret)(`by-origin\n${origins[0] ?? ''}`);
    const sums = await sumOrigins(ctx.database.read, { from, until }, origins);
    const { submitted, decided } = await ctx.cases.byOrigin(origins, { from, until });
    const shown = (count: number): FunnelStage['count'] => (count < FEWEST ? 'suppressed' : inTens(count));
    return [
      ...REQUEST_STEPS.map((step): FunnelStage => ({ step, count: shown(sums.get(step) ?? 0), of: 'requests' })),
      { step: 'case-submitted', count: shown(submitted - phase), of: 'cases' },
      { step: 'case-decided', count: shown(decided - phase), of: 'cases' },
    ];
  };
}
