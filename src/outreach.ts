import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import type { CountUse } from './kernel/usage.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { notificationOn } from './neighbours-notification.ts';
import type { Door } from './platform/http/door.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';

export interface OutreachModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  /** What stands beside the routes. */
  readonly doors: readonly Door[];
  readonly count: CountUse;
  /** What a demo has to show; filled behind. */
  readonly fillDemo: () => Promise<void>;
}

/** The modules that bring people in and say whether the strategy works, wired together. */
export function outreachModules(ctx: ProcedureContext, config: Config, view: CityFrame['view']): OutreachModules {
  const count: CountUse = () => {};
  const notification = notificationOn(ctx, config, view);
  return {
    routes: [...notification.routes],
    jobs: [...notification.jobs],
    doors: [...notification.doors],
    count,
    fillDemo: async () => {},
  };
}
