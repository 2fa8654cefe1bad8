import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import type { CountUse } from './kernel/usage.ts';
import type { ServicePart } from './modules/catalogue/public.ts';
import { casePart, countServices, entranceJobs, entranceRoutes, measureTimes, servicePart } from './modules/entrance/public.ts';
import type { CasePanel, ProcedureContext } from './modules/procedure/public.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { entranceOn } from './neighbours-entrance.ts';

export interface OutreachModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly count: CountUse;
  /** What these modules add to the page of a service. */
  readonly serviceParts: readonly ServicePart[];
  /** What they add to an applicant's page of a case. */
  readonly applicant: readonly CasePanel[];
  /** What a demo has to show; filled behind. */
  readonly fillDemo: () => Promise<void>;
}

/** The modules that bring people in and say whether the strategy works, wired together. @param pageExists whether the city has a page at this path */
export function outreachModules(ctx: ProcedureContext, config: Config, view: CityFrame['view'], pageExists: (path: string) => boolean): OutreachModules {
  const count: CountUse = () => {};
  const entrance = entranceOn(ctx, config, { count, pageExists });
  return {
    routes: [...entranceRoutes(entrance, view)],
    jobs: [...entranceJobs(entrance)],
    count,
    serviceParts: [(pkg, visit) => servicePart(entrance, pkg, visit)],
    applicant: [(actor, caseId, lang) => casePart(entrance, actor, caseId, lang)],
    fillDemo: async () => {
      await measureTimes(entrance);
      await countServices(entrance);
    },
  };
}
