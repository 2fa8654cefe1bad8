import { libraryOn } from './assistant-library.ts';
import { fillDemoLibrary } from './demo-library.ts';
import type { CityFrame } from './frame.ts';
import { libraryJobs, libraryRoutes } from './modules/library/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';

export interface AssistantModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly close: () => Promise<void>;
  /** What a demo has to show; filled behind. */
  readonly fillDemo: () => Promise<void>;
}

/** The modules of the text assistant, wired together. */
export function assistantModules(ctx: ProcedureContext, view: CityFrame['view']): AssistantModules {
  const { library, close } = libraryOn(ctx);
  return {
    routes: [...libraryRoutes(library, view)],
    jobs: [...libraryJobs(library)],
    close: async () => close(),
    fillDemo: () => fillDemoLibrary(ctx, library),
  };
}
