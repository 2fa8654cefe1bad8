import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { demoTwinJobs } from './demo-twin.ts';
import type { CityModule, Wiring } from './modules.ts';
import { geodataJobs, holdingRoutes, ogcRoutes, type ImportContext } from './modules/geodata/public.ts';
import { ModelThreads, PROCESS_CONFORMANCE, processJobs, processLinks, processRoutes } from './modules/processes/public.ts';
import { featuresOfPlan } from './modules/plans/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { scenariosJobs, scenariosRoutes } from './modules/scenarios/public.ts';
import { ConnectorDesk, connectorRoutes, sensorsJobs, sensorsRoutes, watchRoutes, type MqttServer } from './modules/sensors/public.ts';
import { twinRoutes } from './modules/twin/public.ts';
import { createOutbound } from './platform/outbound/outbound.ts';

/** The city's data, live and in place, and the page over both. */
export function urbanData(ctx: ProcedureContext, { config, frame }: Wiring, mqtt: MqttServer): CityModule & { readonly connectors: ConnectorDesk } {
  const { env, demoData, dataDirectory, outboundHosts, connectorSecrets } = config;
  // one core stays for who is being answered
  const models = { ...ctx, threads: new ModelThreads(Math.max(1, availableParallelism() - 1)) };
  const besides = { links: processLinks(ctx.settings.publicUrl), conformance: PROCESS_CONFORMANCE };
  const outbound = createOutbound({ allowedHosts: outboundHosts });
  const importing: ImportContext = { ...ctx, outbound, imports: join(dataDirectory, 'imports'), plans: featuresOfPlan };
  const connecting = { ...ctx, outbound, secrets: connectorSecrets };
  const connectors = new ConnectorDesk(connecting);
  return {
    connectors,
    routes: [
      ...sensorsRoutes(ctx, mqtt),
      ...watchRoutes(ctx, frame.view, mqtt),
      ...connectorRoutes({ ...connecting, desk: connectors }, frame.view),
      ...ogcRoutes(ctx, frame.view, besides),
      ...processRoutes(models, frame.view),
      ...scenariosRoutes(ctx, frame.view),
      ...holdingRoutes(importing, frame.view),
      ...twinRoutes(ctx, frame.view),
    ],
    jobs: [
      ...sensorsJobs(ctx),
      ...processJobs(models),
      ...scenariosJobs(ctx),
      ...geodataJobs(importing),
      ...(env === 'demo' ? demoTwinJobs(ctx, demoData) : []),
    ],
  };
}
