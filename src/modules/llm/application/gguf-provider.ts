import type { LlamaChatSession, Llama, LlamaModel } from 'node-llama-cpp';
import { ProviderFailure, type Provider, type ProviderPart, type ProviderRequest } from './provider.ts';

interface Loaded {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly session: (sequence: ConstructorParameters<typeof LlamaChatSession>[0]) => LlamaChatSession;
}

/** A GGUF file in this process, through `node-llama-cpp`, which an operator installs beside the city. One answer at a time. */
export function ggufProvider(file: string): Provider {
  let loading: Promise<Loaded> | undefined;
  const loaded = (): Promise<Loaded> => {
    loading ??= load(file);
    loading.catch(() => (loading = undefined));
    return loading;
  };
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = async (): Promise<() => void> => {
    let leave = (): void => {};
    const before = turn;
    turn = new Promise<void>((resolve) => (leave = resolve));
    await before;
    return leave;
  };
  return {
    async *stream(request, signal) {
      const leave = await inTurn();
      try {
        if (!signal.aborted) yield* answer(await loaded(), request, signal);
      } finally {
        leave();
      }
    },
    async embed(texts, signal) {
      const leave = await inTurn();
      try {
        const context = await (await loaded()).model.createEmbeddingContext();
        const vectors: (readonly number[])[] = [];
        for (const text of texts) if (!signal.aborted) vectors.push((await context.getEmbeddingFor(text)).vector);
        await context.dispose();
        return vectors;
      } finally {
        leave();
      }
    },
  };
}

async function load(file: string): Promise<Loaded> {
  try {
    const { getLlama, LlamaChatSession: Session } = await import('node-llama-cpp');
    const llama = await getLlama();
    return { llama, model: await llama.loadModel({ modelPath: file }), session: (options) => new Session(options) };
  } catch (error) {
    throw new ProviderFailure('unreachable', { facts: { error: error instanceof Error ? error.name : typeof error } });
  }
}

async function* answer({ llama, model, session }: Loaded, request: ProviderRequest, signal: AbortSignal): AsyncGenerator<ProviderPart> {
  const context = await model.createContext();
  try {
    const contextSequence = context.getSequence();
    const chat = session({ contextSequence });
    const [last, ...before] = request.turns.toReversed();
    chat.setChatHistory([
      { type: 'system', text: request.system },
      ...before.toReversed().map(({ role, text }) => (role === 'user' ? { type: 'user' as const, text } : { type: 'model' as const, response: [text] })),
    ]);
    const pieces: string[] = [];
    let wake = (): void => {};
    const grammar = request.jsonSchema === undefined ? {} : { grammar: await llama.createGrammarForJsonSchema(request.jsonSchema) };
    const running = chat.promptWithMeta(last?.text ?? '', {
      ...{ maxTokens: request.maxTokens, temperature: 0, signal, stopOnAbortSignal: true, ...grammar },
      onTextChunk: (text) => {
        pieces.push(text);
        wake();
      },
    });
    const state = { ended: false };
    const end = (): void => {
      state.ended = true;
      wake();
    };
    running.then(end, end);
    for (;;) {
      for (const text of pieces.splice(0)) yield { kind: 'text', text };
      if (state.ended) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (pieces.length > 0 || state.ended) resolve();
      });
    }
    const { stopReason } = await running;
    const { usedInputTokens, usedOutputTokens } = contextSequence.tokenMeter;
    yield { kind: 'finish', reason: stopReason === 'maxTokens' ? 'length' : 'stop', usage: { inputTokens: usedInputTokens, outputTokens: usedOutputTokens } };
  } finally {
    await context.dispose();
  }
}
