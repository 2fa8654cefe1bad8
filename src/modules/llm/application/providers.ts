import type { ModelEntry } from '../domain/register.ts';
import { ggufProvider } from './gguf-provider.ts';
import { openAiProvider } from './openai-provider.ts';
import type { Provider } from './provider.ts';

/** How the model of an entry is reached. */
export function providerOf({ source, model, embeddingModel }: ModelEntry): Provider {
  if (source.kind === 'gguf') return ggufProvider(source.file);
  return openAiProvider({
    baseUrl: source.baseUrl,
    model,
    ...(source.apiKey === undefined ? {} : { apiKey: source.apiKey }),
    ...(embeddingModel === undefined ? {} : { embeddingModel }),
  });
}

/** Each model's provider, made once. */
export function providersOnce(make: (model: ModelEntry) => Provider): (model: ModelEntry) => Provider {
  const made = new Map<string, Provider>();
  return (model) => {
    const known = made.get(model.key) ?? make(model);
    made.set(model.key, known);
    return known;
  };
}
