import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import type { CountUse } from './kernel/usage.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { usageModule, type UsageModule } from './modules/usage/public.ts';
import { useCounter, usageOn } from './neighbours-usage.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';

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
export function outreachModules(ctx: ProcedureContext, config: Config, view: CityFrame['view']): OutreachModules {
  const counter = useCounter(ctx);
  const usage = usageModule(usageOn(ctx, counter, config.secret), counter, view);
  return {
    routes: [...usage.routes],
    jobs: [...usage.jobs],
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
