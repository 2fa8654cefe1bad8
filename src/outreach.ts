import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import type { CountUse } from './kernel/usage.ts';
import { fillDemoIndicators } from './demo-indicators.ts';
import { collectionsFor } from './modules/geodata/public.ts';
import { indicatorsModule, type IndicatorsModule } from './modules/indicators/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { streamFreshness } from './modules/sensors/public.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { createOutbound } from './platform/outbound/outbound.ts';

export interface OutreachModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly count: CountUse;
  /** What a demo has to show; filled behind. */
  readonly fillDemo: () => Promise<void>;
}

/** The modules that bring people in and say whether the strategy works, wired together. */
export function outreachModules(ctx: ProcedureContext, config: Config, view: CityFrame['view']): OutreachModules {
  const count: CountUse = () => {};
  const indicators = indicatorsOn(ctx, config, view);
  return {
    routes: [...indicators.routes],
    jobs: [...indicators.jobs],
    count,
    fillDemo: async () => {
      await fillDemoIndicators(indicators);
    },
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
