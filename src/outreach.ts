import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import type { CountUse } from './kernel/usage.ts';
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

/** The modules that bring people in and say whether the strategy works, wired together. */
export function outreachModules(_ctx: ProcedureContext, _config: Config, _view: CityFrame['view']): OutreachModules {
  const count: CountUse = () => {};
  return {
    routes: [],
    jobs: [],
    count,
    fillDemo: async () => {},
  };
}
