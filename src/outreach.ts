import { randomInt } from 'node:crypto';
import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import { legalDay } from './kernel/time.ts';
import type { CountUse } from './kernel/usage.ts';
import { burdenRoutes } from './modules/burden/public.ts';
import { fillDemoIndicators } from './demo-indicators.ts';
import { collectionsFor } from './modules/geodata/public.ts';
import { guidesJobs, guidesRoutes, type GuidesContext } from './modules/guides/public.ts';
import { indicatorsModule, type IndicatorsModule } from './modules/indicators/public.ts';
import { advisedEnds, onlineAusweisRoutes } from './modules/onlineausweis/public.ts';
import { outreachRoutes, type OutreachContext } from './modules/outreach/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { burdenOn, fillDemoBurden } from './neighbours-burden.ts';
import { streamFreshness } from './modules/sensors/public.ts';
import { usageModule, type UsageModule } from './modules/usage/public.ts';
import { onlineAusweisOn } from './neighbours-onlineausweis.ts';
import { useCounter, usageOn } from './neighbours-usage.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import type { LiveHub } from './platform/live/hub.ts';
import { createOutbound } from './platform/outbound/outbound.ts';

export interface OutreachModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly count: CountUse;
  /** The one question after the Bescheid, and after an application was thrown away. */
  readonly asks: Pick<UsageModule, 'panel' | 'askAfterDiscard'>;
  /** What a demo has to show; filled behind. */
  readonly fillDemo: () => Promise<void>;
  /** Before the database: what may be written of what was counted is written. */
  readonly close: () => Promise<void>;
}

/** The modules that bring people in and say whether the strategy works, wired together. */
export function outreachModules(ctx: ProcedureContext, config: Config, view: CityFrame['view'], hub: LiveHub): OutreachModules {
  const counter = useCounter(ctx);
  const usage = usageModule(usageOn(ctx, counter, config.secret), counter, view);
  const indicators = indicatorsOn(ctx, config, view);
  const guides = guidesOn(ctx, config);
  const burden = burdenOn(ctx);
  return {
    routes: [
      ...usage.routes,
      ...indicators.routes,
      ...onlineAusweisRoutes(onlineAusweisOn(ctx, config, usage.count), view),
      // before the pages of the strategy, which may name a part in the same place
      ...burdenRoutes(burden, view),
      ...guidesRoutes(guides, view, hub),
      ...outreachRoutes(campaignsOn(ctx, usage), view),
    ],
    jobs: [...usage.jobs, ...indicators.jobs, ...guidesJobs(guides)],
    count: usage.count,
    asks: usage,
    fillDemo: async () => {
      await usage.fillDemo();
      await fillDemoIndicators(indicators);
      await fillDemoBurden(burden);
    },
    close: async () => {
      await usage.close();
    },
  };
}

/** The guides' desk; its ways to other modules are filled here. */
export function guidesOn(ctx: ProcedureContext, { secret }: Pick<Config, 'secret'>): GuidesContext {
  return { ...ctx, secret, adviceSheets: () => advisedEnds(legalDay(ctx.clock())) };
}

/** Campaigns, with what counts uses and follows cases. */
function campaignsOn(ctx: ProcedureContext, { count, funnel, begunByOrigin }: UsageModule): OutreachContext {
  return {
    ...ctx,
    ...{ count, funnel, begunByOrigin },
    random: () => randomInt(2 ** 32) / 2 ** 32,
    services: () => [...ctx.desk.services.packages.values()].filter(({ initiator }) => initiator !== 'amt').map(({ key, name }) => ({ key, name })),
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
