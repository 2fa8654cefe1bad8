import type { Config } from './config.ts';
import { fillDemoIndicators } from './demo-indicators.ts';
import { fillDemoItems } from './demo-strategy.ts';
import type { CityFrame } from './frame.ts';
import type { OpenDataset } from './kernel/open-data.ts';
import { burdenDatasets, burdenRoutes, reckonCityOn, type BurdenContext } from './modules/burden/public.ts';
import {
  cockpitDatasets,
  cockpitFieldRoutes,
  cockpitJobs,
  cockpitRoutes,
  History,
  makeMissingReports,
  type CityBurden,
  type CockpitContext,
} from './modules/cockpit/public.ts';
import { collectionsFor } from './modules/geodata/public.ts';
import { indicatorsModule, type IndicatorsModule } from './modules/indicators/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { streamFreshness } from './modules/sensors/public.ts';
import { burdenOn, fillDemoBurden } from './neighbours-burden.ts';
import { officesOf } from './neighbours-usage.ts';
import { getFile, putFile } from './platform/files/files.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { lastEvents } from './platform/journal/last-events.ts';
import { createOutbound } from './platform/outbound/outbound.ts';

export interface StrategyModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  /** What they give to the city's catalogue of open data. */
  readonly datasets: () => Promise<readonly OpenDataset[]>;
  /** What a demo has to show; filled behind. */
  readonly fillDemo: () => Promise<void>;
  /** Reports of quarters that are over, once the journal holds what they tell. */
  readonly reportDemo: () => Promise<void>;
}

/** The modules that follow the strategy and say whether it works, wired together. */
export function strategyModules(ctx: ProcedureContext, config: Config, view: CityFrame['view']): StrategyModules {
  const indicators = indicatorsOn(ctx, config, view);
  const burden = burdenOn(ctx, indicators.indicators);
  const strategy: CockpitContext = { ...cockpitOn(ctx), indicators: indicators.indicators, burden: (day) => cityBurden(burden, day) };
  return {
    routes: [
      ...burdenRoutes(burden, view),
      ...indicators.routes,
      ...cockpitRoutes(strategy, view),
      // the last below /strategie: any other page there goes before a field of the same name
      ...cockpitFieldRoutes(strategy, view),
    ],
    jobs: [...indicators.jobs, ...cockpitJobs(strategy)],
    datasets: async () => [...(await cockpitDatasets(strategy)), ...(await indicators.datasets()), ...(await burdenDatasets(burden))],
    fillDemo: async () => {
      await fillDemoIndicators(indicators);
      await fillDemoBurden(burden);
      await fillDemoItems(strategy);
    },
    reportDemo: async () => {
      await indicators.catchUp();
      await makeMissingReports(strategy);
    },
  };
}

/** The strategy beside the services that its measures name. Without `indicators` its pages say that there are none. */
export function cockpitOn(ctx: ProcedureContext): CockpitContext {
  return {
    ...ctx,
    history: new History(ctx.database),
    files: { put: putFile, get: async (sha256) => (await getFile(ctx.database.read, sha256))?.bytes },
    services: () =>
      [...ctx.desk.services.packages.values()].map(({ key, name, authority, initiator }) => ({
        ...{ key, name, appliedFor: initiator !== 'amt' },
        authorities: officesOf(ctx, authority),
      })),
    lastEvents: (kinds) => lastEvents(ctx.database.read, kinds),
  };
}

/** The burden as the report of a quarter tells it. */
async function cityBurden(ctx: BurdenContext, day: Temporal.PlainDate): Promise<CityBurden> {
  const { services, sum } = await reckonCityOn(ctx, day);
  const { secondsPerYear: seconds, businessCents: cents } = sum;
  return {
    services: services.map(({ name, history, ways, casesPerYear, removedSecondsPerYear }) => ({
      ...{ name, casesPerYear, removedSecondsPerYear, onlinePerYear: ways.find(({ way }) => way === 'online')?.cases },
      ...{ firstSeconds: history.first.seconds, seconds: history.now.seconds },
    })),
    sum: { seconds, cents, firstSeconds: seconds + sum.removedSecondsPerYear, firstCents: cents + sum.removedBusinessCents },
    leftOut: sum.leftOut.length,
    unplaced: sum.unplaced.length,
    ...{ onlineOnly: sum.onlineOnly.length, othersOnly: sum.othersOnly.length },
  };
}

/** Indicators, and what no event tells: how fresh the sensors are, and what anybody may read. */
function indicatorsOn(ctx: ProcedureContext, { outboundHosts }: Config, view: CityFrame['view']): IndicatorsModule {
  const ports = {
    sensors: () => streamFreshness(ctx.database.read, ctx.clock()),
    openData: async () => (await collectionsFor(ctx, { kind: 'anonymous' })).length,
  };
  const outbound = createOutbound({ allowedHosts: outboundHosts });
  return indicatorsModule({ ...ctx, outbound, ports, serviceName: (key) => ctx.desk.current(key)?.name }, view);
}
