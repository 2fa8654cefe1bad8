import { randomInt } from 'node:crypto';
import type { Config } from './config.ts';
import { withRobots } from './demo-history-use.ts';
import type { CityFrame } from './frame.ts';
import { legalDay } from './kernel/time.ts';
import type { OpenDataset } from './kernel/open-data.ts';
import type { CountUse } from './kernel/usage.ts';
import type { ServicePart } from './modules/catalogue/public.ts';
import { casePart, countServices, entranceJobs, entranceRoutes, measureTimes, servicePart } from './modules/entrance/public.ts';
import {
  ConsultationTally,
  consultationDatasets,
  COUNTED,
  fillDemoConsultations,
  fillDemoGuides,
  guidesJobs,
  guidesRoutes,
  placesNow,
  type GuidesContext,
} from './modules/guides/public.ts';
import { advisedEnds, onlineAusweisRoutes, type HelperContext } from './modules/onlineausweis/public.ts';
import {
  DEMO_PAGE,
  demoCodes,
  fillDemoCampaign,
  fillDemoPast,
  outreachJobs,
  outreachRoutes,
  shareCode,
  type DemoComparisons,
  type OutreachContext,
} from './modules/outreach/public.ts';
import type { CasePanel, ProcedureContext } from './modules/procedure/public.ts';
import { usageModule, type UsageHistory, type UsageModule } from './modules/usage/public.ts';
import { entranceOn } from './neighbours-entrance.ts';
import { notificationOn } from './neighbours-notification.ts';
import { onlineAusweisOn } from './neighbours-onlineausweis.ts';
import { useCounter, usageOn } from './neighbours-usage.ts';
import type { Door } from './platform/http/door.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { lastEvents } from './platform/journal/last-events.ts';
import type { LiveHub } from './platform/live/hub.ts';

export interface OutreachModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  /** What they give to the city's catalogue of open data. */
  readonly datasets: () => Promise<readonly OpenDataset[]>;
  /** What stands beside the routes. */
  readonly doors: readonly Door[];
  readonly count: CountUse;
  /** What these modules add to the page of a service. */
  readonly serviceParts: readonly ServicePart[];
  /** What they add to an applicant's page of a case. */
  readonly applicant: readonly CasePanel[];
  /** Where somebody is asked who has thrown an application away. */
  readonly askAfterDiscard: UsageModule['askAfterDiscard'];
  /** What a demo has to show; filled behind. */
  readonly demo: DemoOutreach;
  /** Before the database: what may be written of what was counted is written. */
  readonly close: () => Promise<void>;
}

export interface DemoOutreach {
  /** The campaign with its links, as if entered at a moment. @returns the landing page's name and the codes that lead there */
  readonly campaign: (since?: Temporal.Instant) => Promise<{ readonly landing: string; readonly codes: readonly string[] }>;
  /** Everything that is counted. With a past, once its cases are there: all figures fit them. */
  readonly fillCounts: (past?: { readonly use: UsageHistory; readonly compared: DemoComparisons }) => Promise<void>;
}

interface CityAround {
  readonly hub: LiveHub;
  /** Whether the city has a page at this path. */
  readonly pageExists: (path: string) => boolean;
}

/** The modules that bring people in, wired together. */
export function outreachModules(ctx: ProcedureContext, config: Config, view: CityFrame['view'], { hub, pageExists }: CityAround): OutreachModules {
  const counter = useCounter(ctx);
  const usage = usageModule(usageOn(ctx, counter, config.secret), counter, view);
  const notification = notificationOn(ctx, config, view);
  const guides = guidesOn(ctx, config);
  const campaigns = campaignsOn(ctx, usage);
  const entrance = entranceOn(ctx, config, {
    count: usage.count,
    pageExists,
    placesNow: async (lang) => (await placesNow(guides, lang)).map(({ minutes, ...place }) => ({ ...place, ...(minutes === undefined ? {} : { minutes }) })),
    shareLink: async (serviceKey) => {
      const code = await shareCode(campaigns, serviceKey);
      return code === undefined ? undefined : { code };
    },
  });
  const helpPlaces: HelperContext['places'] = async (lang) =>
    (await placesNow(guides, lang)).map(({ name, address, opening, href, book, offers }) => ({
      ...{ name, address, when: opening, href },
      ...(book === undefined ? {} : { book }),
      does: [...(offers.includes('pin') ? (['pin'] as const) : []), ...(offers.includes('karte') ? (['card'] as const) : [])],
    }));
  return {
    routes: [
      ...entranceRoutes(entrance, view),
      ...usage.routes,
      ...notification.routes,
      ...onlineAusweisRoutes(onlineAusweisOn(ctx, config, usage.count, helpPlaces), view),
      ...guidesRoutes(guides, view, hub),
      ...outreachRoutes(campaigns, view),
    ],
    jobs: [...entranceJobs(entrance), ...usage.jobs, ...notification.jobs, ...guidesJobs(guides), ...outreachJobs(campaigns)],
    datasets: async () => [
      ...(await usage.datasets()),
      ...(await consultationDatasets(guides, (await lastEvents(ctx.database.read, [COUNTED])).get(COUNTED)?.at)),
    ],
    doors: notification.doors,
    count: usage.count,
    serviceParts: [(pkg, visit) => servicePart(entrance, pkg, visit)],
    applicant: [(actor, caseId, lang) => casePart(entrance, actor, caseId, lang), usage.panel],
    askAfterDiscard: usage.askAfterDiscard,
    demo: {
      async campaign(since) {
        await fillDemoCampaign(campaigns, since);
        return { landing: DEMO_PAGE, codes: await demoCodes(campaigns) };
      },
      async fillCounts(past) {
        await measureTimes(entrance);
        await countServices(entrance);
        await fillDemoGuides(guides);
        await usage.fillDemo(past?.use);
        if (past === undefined) return;
        await fillDemoConsultations(guides, past.use.from);
        await fillDemoPast(campaigns, withRobots(past.use.opened), past.compared);
      },
    },
    close: async () => {
      await usage.close();
    },
  };
}

/** The guides' desk; its ways to other modules are filled here. */
export function guidesOn(ctx: ProcedureContext, { secret }: Pick<Config, 'secret'>): GuidesContext {
  return { ...ctx, secret, tally: new ConsultationTally(), countsCounterCases: true, adviceSheets: () => advisedEnds(legalDay(ctx.clock())) };
}

/** Campaigns, with what counts uses and follows cases. */
function campaignsOn(ctx: ProcedureContext, { count, funnel, rateOn, begunByOrigin }: UsageModule): OutreachContext {
  return {
    ...ctx,
    ...{ count, funnel, rateOn, begunByOrigin },
    random: () => randomInt(2 ** 32) / 2 ** 32,
    services: () => ctx.desk.offered().map(({ key, name }) => ({ key, name })),
  };
}
