import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { demoTwinJobs } from './demo-twin.ts';
import type { CityFrame } from './frame.ts';
import type { OpenDataset } from './kernel/open-data.ts';
import { geodataJobs, holdingRoutes, ogcRoutes, type ImportContext } from './modules/geodata/public.ts';
import { featuresOfPlan } from './modules/plans/public.ts';
import { ModelThreads, PROCESS_CONFORMANCE, processJobs, processLinks, processRoutes } from './modules/processes/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { scenariosJobs, scenariosRoutes } from './modules/scenarios/public.ts';
import { ConnectorDesk, connectorRoutes, sensorsJobs, sensorsRoutes, watchRoutes, type MqttServer } from './modules/sensors/public.ts';
import { twinRoutes } from './modules/twin/public.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { createOutbound } from './platform/outbound/outbound.ts';

type View = CityFrame['view'];

export interface UrbanData {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  /** Opened once the city works, closed before its database. */
  readonly connectors: ConnectorDesk;
}

/** The city's data, live and in place, and the page over both. */
export function urbanData(
  ctx: ProcedureContext,
  { config, view, datasets }: { readonly config: Config; readonly view: View; readonly datasets: () => Promise<readonly OpenDataset[]> },
  mqtt: MqttServer,
): UrbanData {
  const { env, demoData, dataDirectory, outboundHosts, connectorSecrets } = config;
  // one core stays for who is being answered
  const models = { ...ctx, threads: new ModelThreads(Math.max(1, availableParallelism() - 1)) };
  const besides = { links: processLinks(ctx.settings.publicUrl), conformance: PROCESS_CONFORMANCE, datasets };
  const outbound = createOutbound({ allowedHosts: outboundHosts });
  const importing: ImportContext = { ...ctx, outbound, imports: join(dataDirectory, 'imports'), plans: featuresOfPlan };
  const connecting = { ...ctx, outbound, secrets: connectorSecrets };
  const connectors = new ConnectorDesk(connecting);
  return {
    connectors,
    routes: [
      ...sensorsRoutes(ctx, mqtt),
      ...watchRoutes(ctx, view, mqtt),
      ...connectorRoutes({ ...connecting, desk: connectors }, view),
      ...ogcRoutes(ctx, view, besides),
      ...processRoutes(models, view),
      ...scenariosRoutes(ctx, view),
      ...holdingRoutes(importing, view),
      ...twinRoutes(ctx, view, ctx.desk.services.districts),
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
