import type { ModelTurn } from '../../../kernel/language-model.ts';
import type { FailureReason } from '../domain/failure.ts';

/** What a provider is asked. Tools are never among it. */
export interface ProviderRequest {
  readonly system: string;
  readonly turns: readonly ModelTurn[];
  readonly maxTokens: number;
  /** The answer shall be JSON of this schema. */
  readonly jsonSchema?: object;
}

export interface TokenCount {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What arrives, in its order. `tool-call` is told so that it can be counted; nobody carries it out. */
export type ProviderPart =
  | { readonly kind: 'text'; readonly text: string }
  /** It works and says nothing yet. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'tool-call'; readonly name: string }
  | { readonly kind: 'finish'; readonly reason: 'stop' | 'length' | 'refused'; readonly usage?: TokenCount };

/**
 * What stands behind the gate. `generate` and `object` of the port are answers of `stream`, gathered: silence, bounds
 * and broken lines are seen in one place. Both throw `ProviderFailure`, and end when the signal aborts.
 */
export interface Provider {
  stream(request: ProviderRequest, signal: AbortSignal): AsyncIterable<ProviderPart>;
  /** One vector a text. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;
  /** Gives back what it holds in this process, after the answer that runs. */
  close?(): Promise<void>;
}

export class ProviderFailure extends Error {
  readonly reason: FailureReason;
  /** Seconds the model's server asks to wait. */
  readonly freeInSeconds: number | undefined;
  /** For the log of the operator; never a text that was sent or came. */
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(reason: FailureReason, more: { readonly freeInSeconds?: number | undefined; readonly facts?: Readonly<Record<string, string | number>> } = {}) {
    super(`model: ${reason}`);
    this.reason = reason;
    this.freeInSeconds = more.freeInSeconds;
    this.facts = more.facts ?? {};
  }
}
