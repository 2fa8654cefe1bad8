import { randomInt } from 'node:crypto';
import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import type { CountUse } from './kernel/usage.ts';
import { burdenRoutes } from './modules/burden/public.ts';
import { guidesJobs, guidesRoutes, type GuidesContext } from './modules/guides/public.ts';
import { onlineAusweisRoutes } from './modules/onlineausweis/public.ts';
import { outreachRoutes, type OutreachContext } from './modules/outreach/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { burdenOn, fillDemoBurden } from './neighbours-burden.ts';
import { onlineAusweisOn } from './neighbours-onlineausweis.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import type { LiveHub } from './platform/live/hub.ts';

export interface OutreachModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly count: CountUse;
  /** What a demo has to show; filled behind. */
  readonly fillDemo: () => Promise<void>;
}

/** The modules that bring people in and say whether the strategy works, wired together. */
export function outreachModules(ctx: ProcedureContext, config: Config, view: CityFrame['view'], hub: LiveHub): OutreachModules {
  const count: CountUse = () => {};
  const guides = guidesOn(ctx, config);
  const campaigns = campaignsOn(ctx, count);
  const burden = burdenOn(ctx);
  return {
    routes: [
      ...onlineAusweisRoutes(onlineAusweisOn(ctx, config, count), view),
      // before the pages of the strategy, which may name a part in the same place
      ...burdenRoutes(burden, view),
      ...guidesRoutes(guides, view, hub),
      ...outreachRoutes(campaigns, view),
    ],
    jobs: [...guidesJobs(guides)],
    count,
    fillDemo: async () => fillDemoBurden(burden),
  };
}

/** The guides' desk; its ways to other modules are filled here. */
export function guidesOn(ctx: ProcedureContext, { secret }: Pick<Config, 'secret'>): GuidesContext {
  return { ...ctx, secret };
}

/** Campaigns reach services through this port; what counts uses and follows cases fills the rest. */
function campaignsOn(ctx: ProcedureContext, count: CountUse): OutreachContext {
  return {
    ...ctx,
    count,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    services: () => [...ctx.desk.services.packages.values()].filter(({ initiator }) => initiator !== 'amt').map(({ key, name }) => ({ key, name })),
  };
}
