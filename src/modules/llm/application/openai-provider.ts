import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, embedMany } from 'ai';
import type { FailureReason } from '../domain/failure.ts';
import { secondsToWait, patientFetch, PATIENCE, type Patience } from './patient-fetch.ts';
import { ProviderFailure, type Provider, type ProviderPart, type ProviderRequest } from './provider.ts';

export interface OpenAiEndpoint {
  /** With its path, e.g. `http://localhost:11434/v1`; a function where it opens with the first question. */
  readonly baseUrl: string | (() => Promise<string>);
  readonly apiKey?: string;
  readonly model: string;
  readonly embeddingModel?: string;
  readonly patience?: Patience;
}

/** An endpoint that speaks OpenAI's protocol: vLLM, Ollama, llama.cpp, a city's own gateway. */
export function openAiProvider(endpoint: OpenAiEndpoint): Provider {
  const patient = patientFetch(endpoint.patience ?? PATIENCE);
  const open = async (line: Line) =>
    createOpenAICompatible({
      name: 'city',
      baseURL: typeof endpoint.baseUrl === 'string' ? endpoint.baseUrl : await endpoint.baseUrl(),
      includeUsage: true,
      supportsStructuredOutputs: true,
      fetch: async (input, init) => {
        const response = await patient(input, init);
        line.reached = true;
        return response;
      },
      ...(endpoint.apiKey === undefined ? {} : { apiKey: endpoint.apiKey }),
    });
  return {
    async *stream(request, signal) {
      const line: Line = { reached: false, said: false };
      const model = (await open(line)).chatModel(endpoint.model);
      yield* partsOf(model, request, signal, line);
    },
    async embed(texts, signal) {
      if (endpoint.embeddingModel === undefined) throw new ProviderFailure('unknown-model');
      const line: Line = { reached: false, said: false };
      try {
        const model = (await open(line)).embeddingModel(endpoint.embeddingModel);
        const { embeddings } = await embedMany({ model, values: [...texts], maxRetries: 0, abortSignal: signal, maxParallelCalls: 2 });
        return embeddings;
      } catch (error) {
        throw failureOf(error, line);
      }
    },
  };
}

/** How far one question came. */
interface Line {
  /** The server answered. */
  reached: boolean;
  /** Text came. */
  said: boolean;
}

type ChatModel = ReturnType<ReturnType<typeof createOpenAICompatible>['chatModel']>;

/**
 * Straight from the library's model: its `streamText` keeps every part for readers who come later and parses objects
 * at every token, which many streams at once would pay for.
 */
async function* partsOf(model: ChatModel, request: ProviderRequest, signal: AbortSignal, line: Line): AsyncGenerator<ProviderPart> {
  try {
    const { stream } = await model.doStream(callOf(request, signal));
    for await (const part of stream) {
      if (part.type === 'text-delta') {
        line.said = true;
        yield { kind: 'text', text: part.delta };
      } else if (part.type === 'tool-call') yield { kind: 'tool-call', name: part.toolName };
      else if (part.type === 'reasoning-delta' || part.type === 'tool-input-delta') yield { kind: 'alive' };
      else if (part.type === 'error') throw part.error;
      else if (part.type === 'finish') yield finishOf(part.finishReason.unified, part.usage.inputTokens.total, part.usage.outputTokens.total);
    }
  } catch (error) {
    throw failureOf(error, line);
  }
}

function callOf({ system, turns, maxTokens, jsonSchema }: ProviderRequest, abortSignal: AbortSignal): Parameters<ChatModel['doStream']>[0] {
  return {
    prompt: [{ role: 'system', content: system }, ...turns.map(({ role, text }) => ({ role, content: [{ type: 'text' as const, text }] }))],
    maxOutputTokens: maxTokens,
    temperature: 0,
    abortSignal,
    // a schema is JSON by its nature
    ...(jsonSchema === undefined ? {} : { responseFormat: { type: 'json' as const, schema: jsonSchema } }),
  };
}

function finishOf(reason: string, inputTokens: number | undefined, outputTokens: number | undefined): ProviderPart {
  const counted = inputTokens === undefined || outputTokens === undefined ? {} : { usage: { inputTokens, outputTokens } };
  return { kind: 'finish', reason: reason === 'length' ? 'length' : reason === 'content-filter' ? 'refused' : 'stop', ...counted };
}

function failureOf(error: unknown, { reached, said }: Line): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (APICallError.isInstance(error) && error.statusCode !== undefined && error.statusCode >= 400) {
    const facts = { status: error.statusCode };
    const freeInSeconds = secondsToWait(error.responseHeaders?.['retry-after'], Date.now());
    return new ProviderFailure(reasonOf(error.statusCode, error.responseBody ?? ''), { freeInSeconds, facts });
  }
  // the name alone: a message may quote what was sent
  const facts = { error: error instanceof Error ? error.name : typeof error };
  return new ProviderFailure(said ? 'broken' : reached ? 'unreadable' : 'unreachable', { facts });
}

function reasonOf(status: number, body: string): FailureReason {
  if (status === 401 || status === 403) return 'unauthorised';
  if (status === 404) return 'unknown-model';
  if (status === 429 || status === 503) return 'too-many';
  if (status === 413 || (status === 400 && /context|too long|maximum.{0,20}tokens/i.test(body))) return 'too-long';
  return 'server';
}
