import type { Config } from './config.ts';
import { fillDemoStrategy } from './demo-strategy.ts';
import type { CityFrame } from './frame.ts';
import type { CountUse } from './kernel/usage.ts';
import { cockpitFieldRoutes, cockpitJobs, cockpitRoutes, History, standing, strategyDataset, type CockpitContext } from './modules/cockpit/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { getFile, putFile } from './platform/files/files.ts';
import { lastEvents } from './platform/journal/last-events.ts';

export interface OutreachModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly count: CountUse;
  readonly strategy: CockpitContext;
  /** What a demo has to show; filled behind. */
  readonly fillDemo: () => Promise<void>;
}

/** The modules that bring people in and say whether the strategy works, wired together. */
export function outreachModules(ctx: ProcedureContext, _config: Config, view: CityFrame['view']): OutreachModules {
  const count: CountUse = () => {};
  const strategy = cockpitOn(ctx);
  return {
    routes: [
      ...cockpitRoutes(strategy, view),
      // the last below /strategie: any other page there goes before a field of the same name
      ...cockpitFieldRoutes(strategy, view),
    ],
    jobs: [...cockpitJobs(strategy)],
    count,
    strategy,
    fillDemo: async () => {
      await fillDemoStrategy(strategy);
    },
  };
}

/** The strategy beside the services that its measures name. Without `indicators` its pages say that there are none. */
export function cockpitOn(ctx: ProcedureContext): CockpitContext {
  return {
    ...ctx,
    history: new History(ctx.database),
    files: { put: putFile, get: async (sha256) => (await getFile(ctx.database.read, sha256))?.bytes },
    services: () => [...ctx.desk.services.packages.values()].map(({ key, name }) => ({ key, name })),
    lastEvents: (kinds) => lastEvents(ctx.database.read, kinds),
  };
}

/** The strategy as a dataset of the city's open data, once there is one. */
export async function strategyDatasets(strategy: CockpitContext) {
  const dataset = strategyDataset(await standing(strategy), strategy.settings.publicUrl);
  return dataset === undefined ? [] : [dataset];
}
