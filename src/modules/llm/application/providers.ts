import type { ModelEntry } from '../domain/register.ts';
import { ggufProvider } from './gguf-provider.ts';
import { openAiProvider } from './openai-provider.ts';
import type { Provider } from './provider.ts';

/** How the model of an entry is reached. */
export function providerOf({ source, model, embeddingModel, contextTokens }: ModelEntry): Provider {
  if (source.kind === 'gguf') return ggufProvider({ file: source.file, contextTokens });
  return openAiProvider({
    baseUrl: source.baseUrl,
    model,
    ...(source.apiKey === undefined ? {} : { apiKey: source.apiKey }),
    ...(embeddingModel === undefined ? {} : { embeddingModel }),
  });
}

export interface Providers {
  readonly of: (model: ModelEntry) => Provider;
  readonly close: () => Promise<void>;
}

/** Each model's provider, made once. */
export function providersOnce(make: (model: ModelEntry) => Provider): Providers {
  const made = new Map<string, Provider>();
  return {
    of(model) {
      const known = made.get(model.key) ?? make(model);
      made.set(model.key, known);
      return known;
    },
    async close() {
      for (const provider of made.values()) await provider.close?.();
    },
  };
}
