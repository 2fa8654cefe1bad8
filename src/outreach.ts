import { randomInt } from 'node:crypto';
import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import type { CountUse } from './kernel/usage.ts';
import { fillDemoCampaign, outreachJobs, outreachRoutes, type OutreachContext } from './modules/outreach/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';

export interface OutreachModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly count: CountUse;
  /** What a demo has to show; filled behind. */
  readonly fillDemo: () => Promise<void>;
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

/** The modules that bring people in and say whether the strategy works, wired together. */
export function outreachModules(ctx: ProcedureContext, _config: Config, view: CityFrame['view']): OutreachModules {
  const count: CountUse = () => {};
  const campaigns = campaignsOn(ctx, count);
  return {
    routes: [...outreachRoutes(campaigns, view)],
    jobs: [...outreachJobs(campaigns)],
    count,
    fillDemo: async () => {
      await fillDemoCampaign(campaigns);
    },
  };
}
