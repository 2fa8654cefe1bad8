import { assistantOn } from './assistant-desk.ts';
import { documentsOn, libraryOn } from './assistant-library.ts';
import type { Config } from './config.ts';
import type { CityFrame } from './frame.ts';
import { legalDay } from './kernel/time.ts';
import { assistantJobs, assistantRoutes } from './modules/assistant/public.ts';
import { libraryJobs, libraryRoutes } from './modules/library/public.ts';
import {
  ASSISTANT_USES,
  demoEntry,
  demoModel,
  languageModels,
  llmContext,
  llmJobs,
  llmRoutes,
  type LlmContext,
  type MaskingPort,
} from './modules/llm/public.ts';
import { mask, specialCategories, StreamUnmasker, unmask, type MaskKey } from './modules/pseudonyms/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';

export interface AssistantModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly models: ReturnType<typeof languageModels>;
  readonly close: () => Promise<void>;
}

/** The modules of the text assistant, wired together. */
export function assistantModules(ctx: ProcedureContext, config: Config, view: CityFrame['view']): AssistantModules {
  const { llm, close } = llmOn(ctx, config);
  const models = languageModels(llm);
  const { library, close: closeLibrary } = libraryOn(ctx);
  const assistant = assistantOn(ctx, models, documentsOn(library));
  return {
    routes: [...llmRoutes(llm, view), ...libraryRoutes(library, view), ...assistantRoutes(assistant, view)],
    jobs: [...llmJobs(llm), ...libraryJobs(library), ...assistantJobs(assistant)],
    models,
    close: async () => {
      // what is being made is kept before its model goes
      await assistant.running.close();
      closeLibrary();
      await close();
    },
  };
}

/** Language models of the operator; in a demo without any, the one that is none and says so. */
function llmOn(ctx: ProcedureContext, { env, secret, assistantModels }: Config): { readonly llm: LlmContext; readonly close: () => Promise<void> } {
  const demo = env === 'demo' && assistantModels.length === 0 ? demoModel(env) : undefined;
  const since = legalDay(ctx.clock()).toString();
  const models = demo === undefined ? assistantModels : [{ ...demoEntry(since), source: { kind: 'openai' as const, baseUrl: () => demo.baseUrl() } }];
  const unitName = (id: string): string => ctx.desk.services.authorities.find((one) => one.id === id)?.name ?? id;
  return {
    llm: llmContext(ctx, { models, uses: ASSISTANT_USES, masking, secret, unitName }),
    close: async () => demo?.close(),
  };
}

/** Pseudonyms, as the gate asks for them. */
export const masking: MaskingPort<MaskKey> = {
  mask,
  unmask,
  unmasking: (key) => new StreamUnmasker(key),
  specialCategories: (text) => specialCategories(text).map(({ name }) => name),
};
