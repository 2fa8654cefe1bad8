import type { Config } from './config.ts';
import { fitConnectDeskOn } from './exchange-desk.ts';
import type { CityFrame } from './frame.ts';
import type { ServicePackage } from './modules/catalogue/public.ts';
import {
  catalogueEntry,
  draftRoutes,
  exchangeRoutes,
  fitConnectApi,
  fitConnectJobs,
  fitConnectOffice,
  fitConnectPages,
  publishRoutes,
  receiveRoutes,
  schemaRoutes,
  xbauApi,
  xbauPages,
  type FitConnectOffice,
} from './modules/exchange/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { draftsOn, exchangeOn } from './neighbours.ts';
import { xbauAuthority, xbauOn } from './neighbours-xbau.ts';
import { xdomeaCases } from './neighbours-xdomea.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';

export interface ExchangeModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly office: FitConnectOffice;
}

/** What other systems read and write. */
export async function exchangeModules(ctx: ProcedureContext, { secret, dataDirectory, fitConnect }: Config, view: CityFrame['view']): Promise<ExchangeModules> {
  const office = await fitConnectOffice(ctx, fitConnectDeskOn(ctx), { secret, dataDirectory, real: fitConnect });
  const entryOf = (pkg: ServicePackage) => catalogueEntry(pkg, ctx.desk.services.authorities, ctx.settings.publicUrl);
  const published = {
    clock: ctx.clock,
    publisher: ctx.settings.city,
    product: '0.1.0',
    entry: (key: string) => {
      const pkg = ctx.desk.current(key);
      return pkg && entryOf(pkg);
    },
    entries: () => [...ctx.desk.services.packages.values()].map(entryOf),
    source: (key: string) => ctx.desk.current(key),
  };
  const applied = (key: string): ServicePackage | undefined => {
    const pkg = ctx.desk.current(key);
    return pkg?.initiator === 'amt' ? undefined : pkg;
  };
  const xbau = xbauOn(ctx);
  const authorityOf = xbauAuthority(ctx);
  const routes = [
    ...exchangeRoutes(exchangeOn(ctx)),
    ...receiveRoutes({ ...ctx, cases: xdomeaCases(ctx) }),
    ...publishRoutes(published),
    ...draftRoutes(draftsOn()),
    ...schemaRoutes({ publicUrl: ctx.settings.publicUrl, source: applied }),
    ...fitConnectApi(office),
    ...fitConnectPages(office, view),
    ...xbauApi(xbau, authorityOf),
    ...xbauPages(xbau, view, authorityOf),
  ];
  return { routes, jobs: fitConnectJobs(office.ctx), office };
}
