import type { Actor } from '../../../kernel/actor.ts';
import type { ModelOrigin, ObjectShape } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { cleanOutput, cleanValue } from '../domain/clean-output.ts';
import { problemOf } from '../domain/failure.ts';
import { hashOf, signsOf, type FramedOrder } from '../domain/frame.ts';
import type { LlmContext } from './context.ts';
import type { Admitted } from './gate.ts';
import { boundsOf, relay, type Ending } from './relay.ts';
import { noteSent, settle } from './settle.ts';

const MEND = 'Das war kein gültiges JSON nach dem verlangten Schema. Antworten Sie noch einmal, kürzer, und nur mit dem JSON.';
/** A broken answer is shown back to the model only so far. */
const MOST_SHOWN_BACK = 4000;

/** What a model wrote as an object. What cannot be read may be mended once by the model; then it is refused. */
export async function askObject<T>(
  llm: LlmContext,
  who: Actor,
  admitted: Admitted,
  shape: ObjectShape<T>,
  signal: AbortSignal | undefined,
): Promise<Result<{ readonly value: T; readonly origin: ModelOrigin }, Problem>> {
  await noteSent(llm, who, { order: admitted.order, model: admitted.model, inputSha256: admitted.origin.inputSha256, masked: admitted.origin.masked });
  const first = await ask(llm, admitted, admitted.framed, shape, signal);
  const answers = [first];
  if (first.value === undefined && mendable(first.ending)) answers.push(await ask(llm, admitted, mending(admitted.framed, first.text), shape, signal));
  const last = answers.at(-1)!;
  await note(llm, who, admitted, answers);
  if (last.value !== undefined) return ok({ value: last.value, origin: { ...admitted.origin, inputSha256: hashOf(last.framed) } });
  const { failure } = last.ending;
  return refuse(failure === undefined || failure.reason === 'unreadable' ? problemOf('unreadable') : problemOf(failure.reason, failure.freeInSeconds));
}

interface Asked<T> {
  readonly framed: FramedOrder;
  readonly text: string;
  readonly ending: Ending;
  readonly value: T | undefined;
}

async function ask<T>(
  llm: LlmContext,
  { model, maxTokens, masked }: Admitted,
  framed: FramedOrder,
  shape: ObjectShape<T>,
  signal: AbortSignal | undefined,
): Promise<Asked<T>> {
  const pieces: string[] = [];
  const request = { ...framed, maxTokens, jsonSchema: shape.jsonSchema };
  const ending = await relay(llm.provider(model), request, boundsOf(model), signal, (piece) => pieces.push(piece));
  const text = pieces.join('');
  const shown = (one: string): string => cleanOutput(masked === undefined ? one : masked.port.unmask(one, masked.key));
  return { framed, text, ending, value: ending.failure === undefined ? readObject(text, shape, shown) : undefined };
}

/** JSON, also where a model sets it into a fence. Texts inside come back from their pseudonyms one by one. */
function readObject<T>(text: string, shape: ObjectShape<T>, shown: (one: string) => string): T | undefined {
  const bare = /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(text)?.[1] ?? text;
  try {
    return shape.parse(cleanValue(JSON.parse(bare), shown));
  } catch {
    return undefined;
  }
}

/** An answer came and was no object; a server that does not answer is not asked again. */
const mendable = ({ failure }: Ending): boolean => failure === undefined || failure.reason === 'unreadable';

const mending = ({ system, turns }: FramedOrder, text: string): FramedOrder => ({
  system,
  turns: [...turns, { role: 'assistant', text: text === '' ? '{}' : text.slice(0, MOST_SHOWN_BACK) }, { role: 'user', text: MEND }],
});

/** Both questions are one order. */
async function note<T>(llm: LlmContext, who: Actor, { order, model, origin }: Admitted, answers: readonly Asked<T>[]): Promise<void> {
  const last = answers.at(-1)!;
  const sum = (of: (one: Asked<T>) => number): number => answers.reduce((total, one) => total + of(one), 0);
  const counted = answers.every(({ ending }) => ending.usage !== undefined);
  const usage = counted
    ? { usage: { inputTokens: sum(({ ending }) => ending.usage!.inputTokens), outputTokens: sum(({ ending }) => ending.usage!.outputTokens) } }
    : {};
  const { usage: _one, ...rest } = last.ending;
  const unreadable = last.value === undefined && rest.failure === undefined ? { failure: { reason: 'unreadable' as const, facts: {} } } : {};
  await settle(llm, who, {
    ...{ order, model, masked: origin.masked, inputSha256: hashOf(last.framed), attempts: answers.length },
    ending: { ...rest, ...unreadable, ...usage, droppedCalls: sum(({ ending }) => ending.droppedCalls) },
    signs: { sent: sum(({ framed }) => signsOf(framed)), received: sum(({ text }) => text.length) },
  });
}
