import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import type { CountUse } from './kernel/usage.ts';
import { fillDemoGuides, guidesJobs, guidesRoutes, type GuidesContext } from './modules/guides/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
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
  return {
    routes: [...guidesRoutes(guides, view, hub)],
    jobs: [...guidesJobs(guides)],
    count,
    fillDemo: async () => {
      await fillDemoGuides(guides);
    },
  };
}

/** The guides' desk; its ways to other modules are filled here. */
export function guidesOn(ctx: ProcedureContext, { secret }: Pick<Config, 'secret'>): GuidesContext {
  return { ...ctx, secret };
}
