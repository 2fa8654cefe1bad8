/** How the city's services are used: counted in tens, never who. */
import type { OpenDataset } from '../../kernel/open-data.ts';
import type { CountUse, FunnelOf, RateOn } from '../../kernel/usage.ts';
import type { AnyRoute } from '../../platform/http/route.ts';
import type { JobKind } from '../../platform/jobs/port.ts';
import type { UsageContext } from './application/context.ts';
import type { UseCounter } from './application/counter.ts';
import { StrokeMemory } from './application/count-counter-cases.ts';
import { fillDemoUsage } from './application/demo.ts';
import type { UsageHistory } from './application/demo-history.ts';
import { funnelOn, PublishedFigures, rateOn } from './application/figures.ts';
import { flush } from './application/flush.ts';
import { usageDatasets } from './application/published-cells.ts';
import { RatingDesk } from './application/ratings.ts';
import { usageApi } from './http/api.ts';
import { countingPages } from './http/counting-page.ts';
import { deskPages } from './http/desk-pages.ts';
import type { Frame } from './http/frame.ts';
import { ratingPages, ratingPanel, type CasePanel } from './http/rating-panel.ts';
import { transparencyPages } from './http/transparency-pages.ts';
import { usageJobs } from './jobs.ts';

export type { CasesPort, CountedService, UsageContext } from './application/context.ts';
export type { UsageHistory } from './application/demo-history.ts';
export { UseCounter } from './application/counter.ts';
export { otherWays } from './application/other-ways.ts';

export interface UsageModule {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly datasets: () => Promise<readonly OpenDataset[]>;
  readonly count: CountUse;
  readonly funnel: FunnelOf;
  readonly rateOn: RateOn;
  /** Applications begun by this link in these days, and not thrown away; an exact count, not to be shown below ten. */
  readonly begunByOrigin: (origin: string, from: Temporal.PlainDate, until: Temporal.PlainDate) => Promise<number>;
  /** The one question after the Bescheid. */
  readonly panel: CasePanel;
  /** Where somebody is asked who has thrown an application away. */
  readonly askAfterDiscard: (draft: { readonly id: string; readonly service: string }) => string;
  /** Writes what may be written of what this process has counted. */
  readonly flush: () => Promise<number>;
  /** Made-up counts; those of a past fit the cases that are there. */
  readonly fillDemo: (history?: UsageHistory) => Promise<void>;
  /** Writes what may be written; the rest is forgotten. */
  readonly close: () => Promise<void>;
}

/** How often a process writes what it has counted. */
const FLUSH_MS = 10 * 60_000;

export function usageModule(ctx: UsageContext, counter: UseCounter, frame: Frame): UsageModule {
  const desk = { ...ctx, strokes: new StrokeMemory(), ratings: new RatingDesk(ctx), figures: new PublishedFigures(ctx) };
  const write = (): Promise<number> => flush(ctx, counter);
  const timer = setInterval(() => void write().catch((error: unknown) => ctx.log.error('usage.flush-failed', { error: String(error) })), FLUSH_MS).unref();
  return {
    routes: [...transparencyPages(desk, frame), ...countingPages(desk, frame), ...deskPages(desk, frame), ...ratingPages(desk, frame), ...usageApi(desk)],
    jobs: usageJobs(ctx),
    datasets: () => usageDatasets(desk.figures, ctx),
    count: counter.count,
    funnel: funnelOn(ctx),
    rateOn: rateOn(ctx),
    begunByOrigin: (origin, from, until) => ctx.cases.begunBy(origin, { from, until }),
    panel: ratingPanel(desk),
    askAfterDiscard: ({ id, service }) => `/rueckmeldung?antrag=${id}&leistung=${service}&nachweis=${desk.ratings.proofOf(id, service)}`,
    flush: write,
    fillDemo: async (history) => {
      await fillDemoUsage(ctx, history);
      desk.figures.forget();
    },
    async close() {
      clearInterval(timer);
      await desk.ratings.gather();
      await write();
    },
  };
}
