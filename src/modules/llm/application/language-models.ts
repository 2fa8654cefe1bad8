import type { Actor } from '../../../kernel/actor.ts';
import type { LanguageModels, ModelAnswer, ModelOrder, RunningAnswer } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { OutputCleaner } from '../domain/clean-output.ts';
import { problemOf } from '../domain/failure.ts';
import { signsOf } from '../domain/frame.ts';
import { clearanceOf } from '../domain/register.ts';
import type { LlmContext } from './context.ts';
import { embed } from './embed.ts';
import { admit, choose, type Admitted } from './gate.ts';
import { askObject } from './object.ts';
import type { ProviderRequest } from './provider.ts';
import { modelsFor, readRegister, useFor } from './register.ts';
import { boundsOf, relay, type Ending } from './relay.ts';
import { noteSent, settle, takePlace } from './settle.ts';
import { TextQueue } from './text-queue.ts';

/** The port to language models for the city's other modules. */
export function languageModels(llm: LlmContext): LanguageModels<Actor> {
  return {
    async choices(who, use, dataClass) {
      const register = await readRegister(llm);
      if (!useFor(register, who, use, dataClass).ok) return [];
      const usable = modelsFor(register, use, dataClass).filter((model) => clearanceOf(model, dataClass) === 'clear' || llm.masking !== undefined);
      return usable.map(({ key, label, outside }) => ({ key, label, outside }));
    },
    async generate(who, order, signal) {
      const begun = await begin(llm, who, order);
      return begun.ok ? begun.value.run(() => {}, signal) : begun;
    },
    async stream(who, order, signal) {
      const begun = await begin(llm, who, order);
      return begun.ok ? ok(runningAnswer(begun.value.run, signal)) : begun;
    },
    async object(who, order, shape, signal) {
      const entered = await enter(llm, who, order);
      if (!entered.ok) return entered;
      try {
        return await askObject(llm, who, entered.value.admitted, shape, signal);
      } finally {
        entered.value.leave();
      }
    },
    embed: (who, texts, dataClass, signal) => embed(llm, who, texts, dataClass, signal),
  };
}

type Run = (say: (text: string) => void, signal: AbortSignal | undefined) => Promise<Result<ModelAnswer, Problem>>;

interface Entered {
  readonly admitted: Admitted;
  /** Gives the place back. */
  readonly leave: () => void;
}

/** A place first, then the gate: looking for names takes time that limits have to bound. */
async function enter(llm: LlmContext, who: Actor, order: ModelOrder): Promise<Result<Entered, Problem>> {
  const chosen = await choose(llm, who, order);
  if (!chosen.ok) return chosen;
  const place = await takePlace(llm, who, chosen.value.register.limits);
  if (!place.ok) return place;
  let admitted: Result<Admitted, Problem> | undefined;
  try {
    admitted = await admit(llm, who, order, chosen.value);
  } finally {
    if (admitted?.ok !== true) place.value();
  }
  return admitted.ok ? ok({ admitted: admitted.value, leave: place.value }) : admitted;
}

async function begin(llm: LlmContext, who: Actor, order: ModelOrder): Promise<Result<{ readonly run: Run }, Problem>> {
  const entered = await enter(llm, who, order);
  if (!entered.ok) return entered;
  const { admitted, leave } = entered.value;
  const run: Run = async (say, signal) => {
    try {
      return await answer(llm, who, admitted, say, signal);
    } finally {
      leave();
    }
  };
  return ok({ run });
}

/** The answer runs whether or not anybody reads; a reader who leaves ends it. */
function runningAnswer(run: Run, signal: AbortSignal | undefined): RunningAnswer {
  const left = new AbortController();
  const text = new TextQueue(() => left.abort());
  const done = run((piece) => text.push(piece), signal === undefined ? left.signal : AbortSignal.any([signal, left.signal])).finally(() => text.end());
  // whoever only reads the text must not end the process by it
  done.catch(() => {});
  return { text, done };
}

async function answer(
  llm: LlmContext,
  who: Actor,
  admitted: Admitted,
  say: (text: string) => void,
  signal: AbortSignal | undefined,
): Promise<Result<ModelAnswer, Problem>> {
  const { order, model, framed, origin, masked } = admitted;
  const back = masked?.port.unmasking(masked.key);
  const cleaner = new OutputCleaner();
  const pieces: string[] = [];
  let received = 0;
  const show = (piece: string): void => {
    if (piece === '') return;
    pieces.push(piece);
    say(piece);
  };
  await noteSent(llm, who, { order, model, inputSha256: origin.inputSha256, masked: origin.masked });
  const ending = await relay(llm.provider(model), requestOf(admitted), boundsOf(model), signal, (piece) => {
    received += piece.length;
    show(cleaner.push(back === undefined ? piece : back.push(piece)));
  });
  show(cleaner.push(back?.end() ?? ''));
  show(cleaner.end());
  await settle(llm, who, { order, model, inputSha256: origin.inputSha256, masked: origin.masked, ending, signs: { sent: signsOf(framed), received } });
  const text = pieces.join('');
  const problem = refusalOf(ending, text);
  return problem === undefined ? ok({ text, origin, finish: ending.finish, ...(ending.usage === undefined ? {} : { usage: ending.usage }) }) : refuse(problem);
}

const requestOf = ({ framed, maxTokens }: Admitted): ProviderRequest => ({ ...framed, maxTokens });

/** Nothing that can be read came, or the model would not. What broke off after some text is kept, and says so. */
function refusalOf({ failure }: Ending, text: string): Problem | undefined {
  if (failure === undefined || (text !== '' && failure.reason !== 'refused')) return undefined;
  return problemOf(failure.reason, failure.freeInSeconds);
}
