import { assistantOn } from './assistant-desk.ts';
import type { CityFrame } from './frame.ts';
import { assistantJobs, assistantRoutes } from './modules/assistant/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';

export interface AssistantModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly close: () => Promise<void>;
}

/** The modules of the text assistant, wired together. */
export function assistantModules(ctx: ProcedureContext, view: CityFrame['view']): AssistantModules {
  const assistant = assistantOn(ctx);
  return {
    routes: [...assistantRoutes(assistant, view)],
    jobs: [...assistantJobs(assistant)],
    close: () => assistant.running.close(),
  };
}
