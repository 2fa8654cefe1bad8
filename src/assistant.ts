import { authorityNamesOf } from './authority-name.ts';
import type { Actor } from './kernel/actor.ts';
import type { LanguageModels } from './kernel/language-model.ts';
import { legalDay } from './kernel/time.ts';
import { assistantOn } from './assistant-desk.ts';
import { documentsOn, libraryOn } from './assistant-library.ts';
import type { Config } from './config.ts';
import { fillDemoLibrary } from './demo-library.ts';
import type { CityFrame } from './frame.ts';
import { assistantJobs, assistantRoutes, checkFacts, type AssistantContext } from './modules/assistant/public.ts';
import { FINDER_USES, finderJobs, finderRoutes } from './modules/finder/public.ts';
import { libraryJobs, libraryRoutes } from './modules/library/public.ts';
import { ASSISTANT_USES, demoEntry, demoModel, languageModels, llmContext, llmJobs, llmRoutes, type LlmContext } from './modules/llm/public.ts';
import type { CasePanel, ProcedureContext } from './modules/procedure/public.ts';
import { explanationPanel, officerPanel, PROPOSAL_USES, proposalsRoutes, type ProposalsContext } from './modules/proposals/public.ts';
import { finderOn } from './neighbours-finder.ts';
import { masking } from './neighbours-masking.ts';
import { assistedCases } from './neighbours-proposals.ts';
import type { AnyRoute } from './platform/http/route.ts';
import type { JobKind } from './platform/jobs/port.ts';

export interface AssistantModules {
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  /** What stands on the page of a case: for its authority, and for whose it is. */
  readonly panels: { readonly officer: CasePanel; readonly applicant: CasePanel };
  readonly close: () => Promise<void>;
  /** What a demo has to show; filled behind. */
  readonly fillDemo: () => Promise<void>;
}

/** The modules of the text assistant, wired together. */
export function assistantModules(ctx: ProcedureContext, config: Config, view: CityFrame['view']): AssistantModules {
  const { llm, close } = llmOn(ctx, config);
  const models = languageModels(llm);
  const { library, close: closeLibrary } = libraryOn(ctx);
  const assistant = assistantOn(ctx, models, documentsOn(library));
  const finder = finderOn(ctx, models);
  const proposals = proposalsOn(ctx, models, assistant.library.readFile);
  return {
    routes: [
      ...libraryRoutes(library, view),
      ...llmRoutes(llm, view),
      ...assistantRoutes(assistant, view),
      ...proposalsRoutes(proposals, view),
      ...finderRoutes(finder, view),
    ],
    jobs: [...libraryJobs(library), ...llmJobs(llm), ...assistantJobs(assistant), ...finderJobs(finder)],
    panels: { officer: officerPanel, applicant: (actor, caseId, lang) => explanationPanel(proposals, actor, caseId, lang) },
    close: async () => {
      // what is being made is kept before its model goes
      await assistant.running.close();
      closeLibrary();
      await close();
    },
    fillDemo: () => fillDemoLibrary(ctx, library),
  };
}

/** Language models of the operator; in a demo without any, the one that is none and says so. */
function llmOn(ctx: ProcedureContext, { env, secret, assistantModels }: Config): { readonly llm: LlmContext; readonly close: () => Promise<void> } {
  const demo = env === 'demo' && assistantModels.length === 0 ? demoModel(env) : undefined;
  const since = legalDay(ctx.clock()).toString();
  const models = demo === undefined ? assistantModels : [{ ...demoEntry(since), source: { kind: 'openai' as const, baseUrl: () => demo.baseUrl() } }];
  const llm = llmContext(ctx, { models, uses: [...ASSISTANT_USES, ...PROPOSAL_USES, ...FINDER_USES], masking, secret, unitName: authorityNamesOf(ctx) });
  return {
    llm,
    close: async () => {
      await llm.close();
      await demo?.close();
    },
  };
}

/** Proposals, with what they ask of their neighbours. */
function proposalsOn(ctx: ProcedureContext, models: LanguageModels<Actor>, readFile: AssistantContext['library']['readFile']): ProposalsContext {
  return {
    ...ctx,
    models,
    cases: assistedCases(ctx, readFile),
    unknownFacts: (text, source) => checkFacts(text, source).missing.map((one) => one.text),
  };
}
