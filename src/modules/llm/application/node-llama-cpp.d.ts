/** The few parts of `node-llama-cpp` 3 that are used here. An operator installs it; this program does not bring it. */
declare module 'node-llama-cpp' {
  interface LlamaContextSequence {
    readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number };
  }
  interface LlamaContext {
    readonly contextSize: number;
    getSequence(): LlamaContextSequence;
    dispose(): Promise<void>;
  }
  interface LlamaEmbeddingContext {
    getEmbeddingFor(text: string): Promise<{ readonly vector: readonly number[] }>;
    dispose(): Promise<void>;
  }
  interface LlamaModel {
    readonly trainContextSize: number;
    readonly tokenizer: Tokenizer;
    tokenize(text: string): readonly number[];
    createContext(options: ContextSize): Promise<LlamaContext>;
    createEmbeddingContext(options: ContextSize): Promise<LlamaEmbeddingContext>;
    dispose(): Promise<void>;
  }
  interface ContextSize {
    readonly contextSize: { readonly max: number };
  }
  type Tokenizer = (text: string) => readonly number[];
  interface LlamaOptions {
    readonly build: 'never';
    readonly skipDownload: boolean;
    readonly progressLogs: boolean;
    readonly logLevel: 'error';
    readonly maxThreads: number;
  }
  interface ChatWrapper {
    generateContextState(options: { readonly chatHistory: readonly ChatHistoryItem[] }): {
      readonly contextText: { tokenize(tokenizer: Tokenizer): readonly number[] };
    };
  }
  interface Llama {
    loadModel(options: { readonly modelPath: string }): Promise<LlamaModel>;
    createGrammarForJsonSchema(schema: object): Promise<LlamaGrammar>;
    dispose(): Promise<void>;
  }
  interface LlamaGrammar {
    readonly grammar: string;
  }
  type ChatHistoryItem =
    | { readonly type: 'system'; readonly text: string }
    | { readonly type: 'user'; readonly text: string }
    | { readonly type: 'model'; readonly response: string[] };
  interface PromptOptions {
    readonly maxTokens: number;
    readonly temperature: number;
    readonly signal: AbortSignal;
    readonly stopOnAbortSignal: boolean;
    readonly onTextChunk: (text: string) => void;
    readonly grammar?: LlamaGrammar;
  }
  export class LlamaChatSession {
    constructor(options: { readonly contextSequence: LlamaContextSequence });
    readonly chatWrapper: ChatWrapper;
    setChatHistory(history: ChatHistoryItem[]): void;
    promptWithMeta(text: string, options: PromptOptions): Promise<{ readonly responseText: string; readonly stopReason: string }>;
  }
  export function getLlama(options: LlamaOptions): Promise<Llama>;
}
