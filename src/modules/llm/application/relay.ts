import type { FailureReason } from '../domain/failure.ts';
import type { ModelEntry } from '../domain/register.ts';
import { isReadingTool } from '../domain/tools.ts';
import { ProviderFailure, type Provider, type ProviderRequest, type TokenCount } from './provider.ts';

/** How an answer ended, and what was counted on the way. */
export interface Ending {
  /** `broken`: text came, then the line broke, the model fell silent or the reader left. */
  readonly finish: 'stop' | 'length' | 'broken';
  /** Why nothing came, or why it broke off. */
  readonly failure?: { readonly reason: FailureReason; readonly freeInSeconds?: number; readonly facts: Readonly<Record<string, string | number>> };
  readonly usage?: TokenCount;
  readonly droppedCalls: number;
}

export interface RelayBounds {
  /** Silence that counts as hanging. */
  readonly idleMs: number;
  /** A whole answer takes no longer. */
  readonly longestMs: number;
}

const LONGEST_ANSWER_MS = 15 * 60_000;
export const boundsOf = ({ idleSeconds }: Pick<ModelEntry, 'idleSeconds'>): RelayBounds => ({ idleMs: idleSeconds * 1000, longestMs: LONGEST_ANSWER_MS });

/** More signs a token no language has; what goes on longer has no end. */
const MOST_SIGNS_A_TOKEN = 12;

/**
 * Reads an answer under bounds: length, silence, time. Tool calls are dropped and counted. Never throws for what a
 * model or its line does: that is the ending.
 */
export async function relay(
  provider: Provider,
  request: ProviderRequest,
  bounds: RelayBounds,
  signal: AbortSignal | undefined,
  say: (text: string) => void,
): Promise<Ending> {
  const watch = new Watch(bounds);
  const both = signal === undefined ? watch.signal : AbortSignal.any([signal, watch.signal]);
  const state = { signs: 0, droppedCalls: 0 };
  const mostSigns = request.maxTokens * MOST_SIGNS_A_TOKEN;
  try {
    for await (const part of endingWith(provider.stream(request, both), both)) {
      watch.heard();
      if (part.kind === 'tool-call') state.droppedCalls += isReadingTool(part.name) ? 0 : 1;
      if (part.kind === 'text') {
        const room = mostSigns - state.signs;
        if (room > 0) say(part.text.slice(0, room));
        state.signs += part.text.length;
        if (state.signs > mostSigns) return { finish: 'length', droppedCalls: state.droppedCalls };
      }
      if (part.kind === 'finish') return endOf(part.reason, state, part.usage);
    }
    return failed(state, watch.silent ? 'stalled' : both.aborted ? 'ended' : 'broken');
  } catch (error) {
    if (signal?.aborted === true) return failed(state, 'ended');
    if (watch.silent) return failed(state, 'stalled');
    if (!(error instanceof ProviderFailure)) throw error;
    return failed(state, error.reason, error);
  } finally {
    // whatever still comes is not read: the line is closed
    watch.end();
  }
}

function endOf(reason: 'stop' | 'length' | 'refused', state: { readonly signs: number; readonly droppedCalls: number }, usage?: TokenCount): Ending {
  const counted = { ...(usage === undefined ? {} : { usage }), droppedCalls: state.droppedCalls };
  if (reason === 'refused') return { finish: 'broken', failure: { reason: 'refused', facts: {} }, ...counted };
  if (state.signs === 0) return { finish: 'broken', failure: { reason: 'unreadable', facts: {} }, ...counted };
  return { finish: reason, ...counted };
}

function failed({ droppedCalls }: { readonly droppedCalls: number }, reason: FailureReason, error?: ProviderFailure): Ending {
  const wait = error?.freeInSeconds === undefined ? {} : { freeInSeconds: error.freeInSeconds };
  return { finish: 'broken', failure: { reason, ...wait, facts: error?.facts ?? {} }, droppedCalls };
}

/** Ends when the signal does, even where the source does not listen. */
async function* endingWith<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  let leave = (): void => {};
  const left = new Promise<'left'>((resolve) => (leave = () => resolve('left')));
  signal.addEventListener('abort', leave, { once: true });
  try {
    while (!signal.aborted) {
      const next = await Promise.race([iterator.next(), left]);
      if (next === 'left' || next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', leave);
    // not awaited: a source that hangs would hold us
    iterator.return?.(undefined)?.catch(() => {});
  }
}

/** Aborts after silence, after the longest time, and when the answer is read. */
class Watch {
  readonly #ended = new AbortController();
  readonly #idle: NodeJS.Timeout;
  readonly #longest: NodeJS.Timeout;
  silent = false;

  constructor({ idleMs, longestMs }: RelayBounds) {
    const fallSilent = (): void => {
      this.silent = true;
      this.#ended.abort();
    };
    this.#idle = setTimeout(fallSilent, idleMs);
    this.#longest = setTimeout(fallSilent, longestMs);
  }

  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  heard(): void {
    this.#idle.refresh();
  }

  end(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#longest);
    this.#ended.abort();
  }
}
