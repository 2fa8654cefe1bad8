/** The one way to language models: register, clearance, masking, limits, journal, usage. */
import { randomBytes } from 'node:crypto';
import type { Context } from '../../platform/context.ts';
import type { AnyRoute } from '../../platform/http/route.ts';
import type { CityFrame, LlmContext, LlmOptions } from './application/context.ts';
import { providerOf, providersOnce } from './application/providers.ts';
import { languageModels } from './application/language-models.ts';
import { Running } from './domain/limits.ts';
import { OWN_USES } from './domain/uses.ts';
import { llmApi } from './http/api.ts';
import { llmPages } from './http/pages.ts';

export { setActive, setLimit } from './application/administer.ts';
export { demoEntry, demoModel, type DemoModel } from './application/demo-model.ts';
export { languageModels } from './application/language-models.ts';
export type { LlmContext, LlmOptions } from './application/context.ts';
export type { MaskedTexts, MaskingPort, Unmasking } from './domain/masking.ts';
export type { ModelEntry, ModelUse } from './domain/register.ts';
export { ASSISTANT_USES, officeUse } from './domain/uses.ts';
export { cleanOutput } from './domain/clean-output.ts';
export { feedbackPart } from './http/feedback-part.ts';
export { streamAnswer } from './http/stream.ts';
export { llmJobs } from './jobs.ts';

/** The module, ready to be asked. */
export function llmContext({ clock, database, journal, log }: Pick<Context, 'clock' | 'database' | 'journal' | 'log'>, options: LlmOptions): LlmContext {
  const providers = providersOnce(options.providerOf ?? providerOf);
  return {
    ...{ clock, database, journal, log },
    models: options.models,
    uses: [...options.uses, ...OWN_USES],
    masking: options.masking,
    secret: options.secret,
    unitName: options.unitName ?? ((id) => id),
    provider: providers.of,
    close: providers.close,
    frameNumbers: options.frameNumbers ?? (() => randomBytes(16).toString('hex')),
    running: new Running(),
    vectorSizes: new Map(),
  };
}

/** Every route of the module. */
export function llmRoutes(llm: LlmContext, frame: CityFrame): AnyRoute[] {
  const models = languageModels(llm);
  return [...llmPages(llm, models, frame), ...llmApi(llm, models)];
}
