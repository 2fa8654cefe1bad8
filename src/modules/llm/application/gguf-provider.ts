import { availableParallelism } from 'node:os';
import type { ChatHistoryItem, Llama, LlamaChatSession, LlamaContext, LlamaModel } from 'node-llama-cpp';
import { ProviderFailure, type Provider, type ProviderPart, type ProviderRequest } from './provider.ts';

interface Loaded {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly session: (sequence: ConstructorParameters<typeof LlamaChatSession>[0]) => LlamaChatSession;
}

export interface GgufFile {
  readonly file: string;
  /** No context is made larger: its memory grows with it. */
  readonly contextTokens: number;
}

/** Who waits for a turn or for the file is heard so often, and is not taken for hanging. */
const ALIVE_MS = 5000;

/** A GGUF file in this process, through `node-llama-cpp`, which an operator installs beside the city. One answer at a time. */
export function ggufProvider(gguf: GgufFile): Provider & { close(): Promise<void> } {
  let loading: Promise<Loaded> | undefined;
  const loaded = (): Promise<Loaded> => {
    loading ??= load(gguf.file);
    loading.catch(() => (loading = undefined));
    return loading;
  };
  const inTurn = turns();
  return {
    async *stream(request, signal) {
      const { before, leave } = inTurn();
      try {
        yield* alive(before, signal);
        if (signal.aborted) return;
        const opening = loaded();
        yield* alive(opening, signal);
        if (!signal.aborted) yield* answer(await opening, gguf, request, signal);
      } finally {
        leave();
      }
    },
    async embed(texts, signal) {
      const { before, leave } = inTurn();
      try {
        await before;
        return signal.aborted ? [] : await vectors(await loaded(), gguf, texts, signal);
      } finally {
        leave();
      }
    },
    async close() {
      const { before, leave } = inTurn();
      try {
        await before;
        const open = await loading?.catch(() => undefined);
        loading = undefined;
        await open?.model.dispose();
        await open?.llama.dispose();
      } finally {
        leave();
      }
    },
  };
}

/** One after the other, also where somebody in between goes before their turn came. */
function turns(): () => { readonly before: Promise<unknown>; readonly leave: () => void } {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = Promise.all([before, promise]);
    return { before, leave: resolve };
  };
}

/** Says that it waits until `done`, or until the signal aborts. */
async function* alive(done: Promise<unknown>, signal: AbortSignal): AsyncGenerator<ProviderPart> {
  const { promise: aborted, resolve: abort } = Promise.withResolvers<'ended'>();
  const end = (): void => abort('ended');
  signal.addEventListener('abort', end, { once: true });
  const ended = done.then(() => 'ended' as const);
  try {
    while (!signal.aborted) {
      const { promise: tick, resolve } = Promise.withResolvers<'tick'>();
      const timer = setTimeout(resolve, ALIVE_MS, 'tick');
      const first = await Promise.race([ended, aborted, tick]).finally(() => clearTimeout(timer));
      if (first === 'ended') return;
      yield { kind: 'alive' };
    }
  } finally {
    signal.removeEventListener('abort', end);
    ended.catch(() => {});
  }
}

async function load(file: string): Promise<Loaded> {
  let step = 'library';
  try {
    const { getLlama, LlamaChatSession: Session } = await import('node-llama-cpp');
    step = 'binary';
    // Nothing is fetched or compiled at run time, and one core stays for the city: the threads wait for each other by spinning.
    const maxThreads = Math.max(1, availableParallelism() - 1);
    const llama = await getLlama({ build: 'never', skipDownload: true, progressLogs: false, logLevel: 'error', maxThreads });
    step = 'file';
    try {
      return { llama, model: await llama.loadModel({ modelPath: file }), session: (options) => new Session(options) };
    } catch (error) {
      await llama.dispose();
      throw error;
    }
  } catch (error) {
    throw new ProviderFailure('unreachable', { facts: { step, error: nameOf(error) } });
  }
}

async function* answer(
  { llama, model, session }: Loaded,
  { contextTokens }: GgufFile,
  request: ProviderRequest,
  signal: AbortSignal,
): AsyncGenerator<ProviderPart> {
  let said = false;
  const left = new AbortController();
  let context: LlamaContext | undefined;
  let running: Promise<unknown> | undefined;
  try {
    context = await model.createContext({ contextSize: { max: contextTokens } });
    const contextSequence = context.getSequence();
    const chat = session({ contextSequence });
    const history = historyOf(request);
    mustFit(chat, model, history, request.maxTokens, context.contextSize);
    const last = history.pop();
    chat.setChatHistory(history);
    const grammar = request.jsonSchema === undefined ? {} : { grammar: await llama.createGrammarForJsonSchema(request.jsonSchema) };
    const pieces = new Pieces();
    const prompting = chat.promptWithMeta(last?.type === 'user' ? last.text : '', {
      ...{ maxTokens: request.maxTokens, temperature: 0, signal: AbortSignal.any([signal, left.signal]), stopOnAbortSignal: true, ...grammar },
      onTextChunk: (text) => pieces.push(text),
    });
    running = prompting.then(pieces.end, pieces.end);
    for await (const text of pieces) {
      if (signal.aborted) return;
      said = true;
      yield { kind: 'text', text };
    }
    const { stopReason } = await prompting;
    if (signal.aborted) return;
    const { usedInputTokens, usedOutputTokens } = contextSequence.tokenMeter;
    yield { kind: 'finish', reason: stopReason === 'maxTokens' ? 'length' : 'stop', usage: { inputTokens: usedInputTokens, outputTokens: usedOutputTokens } };
  } catch (error) {
    throw failureOf(error, said);
  } finally {
    // who leaves early leaves a computation behind: it must end before its context goes
    left.abort();
    await running;
    await context?.dispose();
  }
}

/** As the library wants it, with the question as its last. */
function historyOf({ system, turns: said }: ProviderRequest): ChatHistoryItem[] {
  return [
    { type: 'system', text: system },
    ...said.map(({ role, text }) => (role === 'user' ? { type: 'user' as const, text } : { type: 'model' as const, response: [text] })),
  ];
}

/** The library would cut the order's beginning in silence to make it fit. */
function mustFit(chat: LlamaChatSession, model: LlamaModel, chatHistory: readonly ChatHistoryItem[], maxTokens: number, contextSize: number): void {
  const { contextText } = chat.chatWrapper.generateContextState({ chatHistory: [...chatHistory, { type: 'model', response: [] }] });
  const inputTokens = contextText.tokenize(model.tokenizer).length;
  if (inputTokens + maxTokens >= contextSize) throw new ProviderFailure('too-long', { facts: { inputTokens, maxTokens, contextSize } });
}

/** What is pushed in, read in its order until `end`. */
class Pieces {
  #pieces: string[] = [];
  #ended = false;
  #wake = (): void => {};

  push(text: string): void {
    if (text !== '') this.#pieces.push(text);
    this.#wake();
  }

  readonly end = (): void => {
    this.#ended = true;
    this.#wake();
  };

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (;;) {
      yield* this.#pieces.splice(0);
      if (this.#pieces.length > 0) continue;
      if (this.#ended) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

async function vectors({ model }: Loaded, { contextTokens }: GgufFile, texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]> {
  let context: Awaited<ReturnType<LlamaModel['createEmbeddingContext']>> | undefined;
  try {
    const contextSize = Math.min(contextTokens, model.trainContextSize);
    for (const text of texts) if (model.tokenize(text).length + MARKS_AROUND >= contextSize) throw new ProviderFailure('too-long');
    context = await model.createEmbeddingContext({ contextSize: { max: contextSize } });
    const found: (readonly number[])[] = [];
    for (const text of texts) if (!signal.aborted) found.push((await context.getEmbeddingFor(text)).vector);
    return found;
  } catch (error) {
    throw failureOf(error, false);
  } finally {
    await context?.dispose();
  }
}

/** Beginning and end of a text are tokens too. */
const MARKS_AROUND = 2;

const failureOf = (error: unknown, said: boolean): ProviderFailure =>
  error instanceof ProviderFailure ? error : new ProviderFailure(said ? 'broken' : 'server', { facts: { error: nameOf(error) } });

/** The name alone: a message may quote what was asked. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
