/** The one way to language models: register, clearance, masking, limits, journal, usage. */
import type { Context } from '../../platform/context.ts';
import type { AnyRoute } from '../../platform/http/route.ts';
import type { CityFrame, LlmContext, LlmOptions } from './application/context.ts';

export { languageModels } from './application/language-models.ts';
export type { LlmContext, LlmOptions } from './application/context.ts';
export type { MaskedTexts, MaskingPort, Unmasking } from './domain/masking.ts';
export type { ModelEntry, ModelUse } from './domain/register.ts';

/** The module, ready to be asked. */
export const llmContext = (ctx: Pick<Context, 'clock' | 'database' | 'journal' | 'log'>, options: LlmOptions): LlmContext => ({ ...ctx, ...options });

/** Every route of the module. */
export function llmRoutes(_llm: LlmContext, _frame: CityFrame): AnyRoute[] {
  return [];
}
