import { newId } from '../../../kernel/id.ts';
import type { ModelAnswer, ModelOrder } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { plainOutput } from '../domain/plain-output.ts';
import type { AssistantResult, ResultState } from '../domain/result.ts';
import type { Order } from '../domain/wish.ts';
import { finishResult, insertResult } from '../store/results.ts';
import type { AssistantContext, Staff } from './context.ts';
import { note } from './journal.ts';

type Known = Pick<AssistantResult, 'entrance' | 'title' | 'made' | 'dataClass'> & { readonly order: Order };
type Outcome = Pick<AssistantResult, 'state' | 'text' | 'body' | 'origin' | 'sources'>;

/** Runs in the transaction that keeps a new result, e.g. to move its conversation to the top. */
export type Beside = (tx: Tx) => Promise<Result<unknown, Problem>>;

const LONGEST_TITLE = 120;

function newResult(known: Known, outcome: Outcome, now: Temporal.Instant, conversationId: string | null): AssistantResult {
  const title = known.title.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_TITLE).toWellFormed();
  return {
    ...{ ...known, title, id: newId(now.epochMilliseconds), conversationId, ...outcome },
    ...{ edited: false, confirmedBy: null, confirmedAt: null, createdAt: now, changedAt: now },
  };
}

const facts = ({ entrance, made, state, origin, sources }: AssistantResult): Record<string, unknown> => ({
  ...{ entrance, made, state, sources: sources.map(({ sha256 }) => sha256) },
  ...(origin === null ? {} : { model: origin.model, prompt: `${origin.promptId}@${origin.promptVersion}`, inputSha256: origin.inputSha256 }),
});

/** Keeps what was made without a model. */
export async function keepDone(ctx: AssistantContext, actor: Staff, known: Known, outcome: Omit<Outcome, 'state' | 'origin'>): Promise<AssistantResult> {
  const now = ctx.clock();
  const result = newResult(known, { ...outcome, state: 'done', origin: null }, now, null);
  await ctx.database.write(async (tx) => {
    await insertResult(tx, actor.staffId, result);
    await note(ctx, tx, actor, now, { stream: result.id, kind: 'made' }, facts(result));
  });
  return result;
}

/** Work with a model that ends in an outcome; `text` is what people may follow meanwhile. */
export type ModelWork = (signal: AbortSignal, append: (text: string) => void) => Promise<Outcome>;

interface Beginning {
  readonly known: Known;
  readonly stop: AbortController;
  readonly work: ModelWork;
  readonly conversationId?: string;
  readonly beside?: Beside;
}

/** Keeps a result that is being made, and goes on making it behind. */
export async function keepRunning(
  ctx: AssistantContext,
  actor: Staff,
  { known, stop, work, conversationId, beside }: Beginning,
): Promise<Result<AssistantResult, Problem>> {
  const now = ctx.clock();
  const result = newResult(known, { state: 'running', text: '', body: {}, origin: null, sources: [] }, now, conversationId ?? null);
  const kept = await ctx.database.transaction<AssistantResult, Problem>(async (tx) => {
    const done = beside === undefined ? ok(undefined) : await beside(tx);
    if (!done.ok) return done;
    await insertResult(tx, actor.staffId, result);
    return ok(result);
  });
  if (!kept.ok) {
    stop.abort();
    return kept;
  }
  ctx.running.begin(result.id, actor.staffId, stop, async ({ signal, append }) => {
    const outcome = await work(signal, append).catch((error: unknown): Outcome => {
      ctx.log.error('assistant.failed', { error: error instanceof Error ? error.name : 'unknown' });
      return { state: 'broken', text: ctx.running.textOf(result.id) ?? '', body: { refusal: BROKEN }, origin: null, sources: [] };
    });
    const stopped = ctx.running.wasStopped(result.id) && outcome.state !== 'done';
    await finish(ctx, actor, result, stopped ? { ...outcome, state: 'stopped' } : outcome).catch((error: unknown) =>
      ctx.log.error('assistant.not-kept', { error: error instanceof Error ? error.name : 'unknown' }),
    );
  });
  return kept;
}

const BROKEN = 'Die Antwort ist abgebrochen. Versuchen Sie es noch einmal, oder arbeiten Sie ohne Modell weiter.';

async function finish(ctx: AssistantContext, actor: Staff, result: AssistantResult, outcome: Outcome): Promise<void> {
  const now = ctx.clock();
  await ctx.database.write(async (tx) => {
    const first = await finishResult(tx, actor.staffId, result.id, outcome, now);
    if (first) await note(ctx, tx, actor, now, { stream: result.id, kind: 'made' }, facts({ ...result, ...outcome }));
  });
}

const STATES: Readonly<Record<ModelAnswer['finish'], ResultState>> = { stop: 'done', length: 'length', broken: 'broken' };

/** A model's text with its state: whole, or what there is of it. */
export interface Told {
  readonly state: ResultState;
  readonly text: string;
  readonly answer?: ModelAnswer;
  readonly refusal?: string;
}

/** Asks a model and hands its words on as they come. The gate has passed when this is called back. */
export async function beginStream(
  ctx: AssistantContext,
  actor: Staff,
  order: ModelOrder,
  stop: AbortController,
): Promise<Result<(append: (text: string) => void) => Promise<Told>, Problem>> {
  const begun = await ctx.models.stream(actor, order, stop.signal);
  if (!begun.ok) return begun;
  return ok(async (append) => {
    let text = '';
    // the end is asked for in any case, also when the words break off
    const done = begun.value.done;
    try {
      for await (const piece of begun.value.text) {
        text += piece;
        append(piece);
      }
    } catch {
      if (!stop.signal.aborted) ctx.log.warn('assistant.stream-broken', {});
    }
    const ended = await done;
    if (ended.ok) return { state: STATES[ended.value.finish], text: plainOutput(ended.value.text), answer: ended.value };
    return { state: text === '' ? 'refused' : 'broken', text: plainOutput(text), refusal: ended.problem.detail };
  });
}
