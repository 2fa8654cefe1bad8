import type { Actor } from '../../../kernel/actor.ts';
import type { LanguageModels } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { refuse } from '../../../kernel/result.ts';
import type { LlmContext } from './context.ts';

const NO_MODEL: Problem = {
  kind: 'unavailable',
  detail: 'Diese Stadt hat kein Sprachmodell eingerichtet. Arbeiten Sie mit den Auszügen ohne KI weiter.',
};

/** The port to language models for the city's other modules. */
export function languageModels(_llm: LlmContext): LanguageModels<Actor> {
  return {
    choices: async () => [],
    generate: async () => refuse(NO_MODEL),
    stream: async () => refuse(NO_MODEL),
    object: async () => refuse(NO_MODEL),
    embed: async () => refuse(NO_MODEL),
  };
}
