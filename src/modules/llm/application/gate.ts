import type { Actor } from '../../../kernel/actor.ts';
import type { KnownParty, ModelOrder, ModelOrigin } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { frameOrder, hashOf, signsOf, type FramedOrder, type OrderTexts } from '../domain/frame.ts';
import { problemOf } from '../domain/failure.ts';
import type { MaskedTexts, MaskingPort } from '../domain/masking.ts';
import { leftover } from '../domain/leftover.ts';
import { clearanceOf, type ModelEntry } from '../domain/register.ts';
import type { LlmContext } from './context.ts';
import { noteBlocked } from './settle.ts';
import { modelFor, readRegister, useFor, type Register } from './register.ts';

/** What may leave, and where to. */
export interface Admitted {
  readonly order: ModelOrder;
  readonly model: ModelEntry;
  readonly framed: FramedOrder;
  readonly maxTokens: number;
  readonly origin: ModelOrigin;
  /** Leads back from the pseudonyms; absent where nothing was masked. */
  readonly masked: { readonly port: MaskingPort; readonly key: unknown } | undefined;
}

/** German has rather more than three signs a token. */
const SIGNS_A_TOKEN = 3;

/** Where an order goes, before anything in it is read. */
export interface Chosen {
  readonly register: Register;
  readonly model: ModelEntry;
}

/** Clearance and length: cheap, so it comes before a place is taken. */
export async function choose(llm: LlmContext, who: Actor, order: ModelOrder): Promise<Result<Chosen, Problem>> {
  const register = await readRegister(llm);
  const use = useFor(register, who, order.use, order.dataClass);
  if (!use.ok) return use;
  const chosen = modelFor(register, order.use, order.dataClass, order.model);
  if (!chosen.ok) return chosen;
  const model = chosen.value;
  const texts = [order.instruction, ...order.data.flatMap(({ label, text }) => [label, text]), ...(order.history ?? []).map(({ text }) => text)];
  const signs = texts.reduce((sum, text) => sum + text.length, 0);
  return signs / SIGNS_A_TOKEN > model.contextTokens ? refuse(problemOf('too-long')) : ok({ register, model });
}

/**
 * The gate. It stands outside of the model and fails closed: clearance, special categories, masking, frame. What it
 * refuses has not left. It takes time: whoever comes here has taken a place.
 */
export async function admit(llm: LlmContext, who: Actor, order: ModelOrder, { model }: Chosen): Promise<Result<Admitted, Problem>> {
  const texts: OrderTexts = { instruction: order.instruction, data: order.data, history: order.history ?? [] };
  const special = specialProblem(llm, order, texts);
  if (special !== undefined) {
    await noteBlocked(llm, who, order, model, special.reason);
    return refuse(special.problem);
  }
  const protectedTexts = protect(llm, order, model, texts);
  if (!protectedTexts.ok) {
    await noteBlocked(llm, who, order, model, 'masking');
    return protectedTexts;
  }
  const { masked, places } = protectedTexts.value;
  const framed = frameOrder(protectedTexts.value.texts, llm.frameNumbers);
  const maxTokens = Math.min(order.maxTokens, model.maxOutputTokens);
  if (signsOf(framed) / SIGNS_A_TOKEN + maxTokens > model.contextTokens) return refuse(problemOf('too-long'));
  const origin: ModelOrigin = {
    model: model.key,
    modelLabel: model.label,
    promptId: order.prompt.id,
    promptVersion: order.prompt.version,
    inputSha256: hashOf(framed),
    masked: places,
  };
  return ok({ order, model, framed, maxTokens, origin, masked });
}

const NOT_PROTECTED: Problem = {
  kind: 'unavailable',
  detail: 'Die Namen im Text konnten nicht sicher ersetzt werden. Deshalb wurde nichts gesendet. Arbeiten Sie mit den Auszügen ohne KI weiter.',
};

/** Rules find numbers and saluted names; a name that nobody told stays. Too little for what is said to be personal. */
const NO_NAMES: Problem = {
  kind: 'not-allowed',
  detail:
    'Der Text nennt Personen, aber ihre Namen sind nicht angegeben. Ohne sie können wir die Namen nicht sicher ersetzen. Deshalb wurde nichts gesendet. Geben Sie die Namen an, wählen Sie ein Modell für persönliche Daten oder arbeiten Sie ohne KI weiter.',
};

/** Special categories have no class: no model gets them. What is published already may speak of them. */
function specialProblem(
  { masking, log }: LlmContext,
  order: ModelOrder,
  { instruction, data, history }: OrderTexts,
): { readonly problem: Problem; readonly reason: 'special-categories' | 'masking' } | undefined {
  if (order.dataClass === 'public') return undefined;
  if (masking === undefined) return { problem: NOT_PROTECTED, reason: 'masking' };
  try {
    const found = new Set(
      [instruction, ...data.flatMap(({ label, text }) => [label, text]), ...history.map(({ text }) => text)].flatMap((text) => masking.specialCategories(text)),
    );
    if (found.size === 0) return undefined;
    const detail = `Der Text enthält besonders geschützte Daten (${[...found].join(', ')}). Solche Daten dürfen an kein Sprachmodell. Nehmen Sie die Stellen heraus oder arbeiten Sie mit den Auszügen ohne KI weiter.`;
    return { problem: { kind: 'not-allowed', detail }, reason: 'special-categories' };
  } catch (error) {
    log.error('llm.masking-failed', { error: nameOf(error) });
    return { problem: NOT_PROTECTED, reason: 'masking' };
  }
}

interface Protected {
  readonly texts: OrderTexts;
  readonly masked: Admitted['masked'];
  readonly places: number;
}

function protect({ masking, log }: LlmContext, order: ModelOrder, model: ModelEntry, texts: OrderTexts): Result<Protected, Problem> {
  if (clearanceOf(model, order.dataClass) === 'clear') return ok({ texts, masked: undefined, places: 0 });
  if (masking === undefined) return refuse(NOT_PROTECTED);
  if (order.dataClass === 'personal' && order.parties.length === 0) return refuse(NO_NAMES);
  const flat = [texts.instruction, ...texts.data.flatMap(({ label, text }) => [label, text]), ...texts.history.map(({ text }) => text)];
  const done = maskedBy(masking, log, flat, order.parties);
  if (!done.ok) return done;
  const out = done.value.texts;
  const afterData = 1 + texts.data.length * 2;
  return ok({
    texts: {
      instruction: out[0]!,
      data: texts.data.map((_, at) => ({ label: out[1 + at * 2]!, text: out[2 + at * 2]! })),
      history: texts.history.map(({ role }, at) => ({ role, text: out[afterData + at]! })),
    },
    masked: { port: masking, key: done.value.key },
    places: done.value.places,
  });
}

/** Texts under pseudonyms, or nothing: whatever goes wrong on the way is a refusal. */
export function maskedBy(masking: MaskingPort, log: LlmContext['log'], texts: readonly string[], parties: readonly KnownParty[]): Result<MaskedTexts, Problem> {
  try {
    const done = masking.mask(texts, parties);
    if (!done.ok) return done;
    const left = leftover(done.value.texts, parties);
    if (done.value.texts.length === texts.length && left === undefined) return done;
    log.error('llm.masking-failed', { error: left === undefined ? 'texts are missing' : `${left} is still there` });
  } catch (error) {
    log.error('llm.masking-failed', { error: nameOf(error) });
  }
  return refuse(NOT_PROTECTED);
}

/** Never the message: it may quote the text. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
