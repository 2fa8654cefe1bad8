import { randomInt } from 'node:crypto';
import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import type { CountUse } from './kernel/usage.ts';
import { guidesJobs, guidesRoutes, type GuidesContext } from './modules/guides/public.ts';
import { onlineAusweisRoutes } from './modules/onlineausweis/public.ts';
import { outreachRoutes, type OutreachContext } from './modules/outreach/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { usageModule, type UsageModule } from './modules/usage/public.ts';
import { onlineAusweisOn } from './neighbours-onlineausweis.ts';
import { useCounter, usageOn } from './neighbours-usage.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import type { LiveHub } from './platform/live/hub.ts';

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
  const guides = guidesOn(ctx, config);
  return {
    routes: [
      ...usage.routes,
      ...onlineAusweisRoutes(onlineAusweisOn(ctx, config, usage.count), view),
      ...guidesRoutes(guides, view, hub),
      ...outreachRoutes(campaignsOn(ctx, usage), view),
    ],
    jobs: [...usage.jobs, ...guidesJobs(guides)],
    count: usage.count,
    asks: usage,
    fillDemo: async () => {
      await usage.fillDemo();
    },
    close: async () => {
      await usage.close();
    },
  };
}

/** The guides' desk; its ways to other modules are filled here. */
export function guidesOn(ctx: ProcedureContext, { secret }: Pick<Config, 'secret'>): GuidesContext {
  return { ...ctx, secret };
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
