import { createHash } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import type { DataClass } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { problemOf, type FailureReason } from '../domain/failure.ts';
import { clearanceOf, type ModelEntry } from '../domain/register.ts';
import { VECTORS } from '../domain/uses.ts';
import type { LlmContext } from './context.ts';
import { maskedBy } from './gate.ts';
import { ProviderFailure } from './provider.ts';
import { modelsFor, readRegister, useFor } from './register.ts';
import { noteSent, settle, takePlace } from './settle.ts';

/** Of all texts of one call. */
const MOST_SIGNS = 400_000;

type Vectors = readonly (readonly number[])[];

/** Texts as vectors. Personal data stay here; what is called internal goes under pseudonyms. */
export async function embed(
  llm: LlmContext,
  who: Actor,
  texts: readonly string[],
  dataClass: DataClass,
  signal: AbortSignal | undefined,
): Promise<Result<Vectors, Problem>> {
  if (dataClass === 'personal')
    return refuse({ kind: 'not-allowed', detail: 'Texte mit Daten von Personen gehen nicht an ein Modell für die Suche. Die Suche findet sie auch so.' });
  const register = await readRegister(llm);
  const use = useFor(register, who, VECTORS, dataClass);
  if (!use.ok) return use;
  const model = modelsFor(register, VECTORS, dataClass).find(({ embeddingModel }) => embeddingModel !== undefined);
  if (model === undefined) return refuse({ kind: 'unavailable', detail: 'Für die Suche ist kein Modell eingerichtet. Die Suche geht auch so.' });
  if (texts.length === 0) return ok([]);
  if (texts.reduce((sum, text) => sum + text.length, 0) > MOST_SIGNS) return refuse(problemOf('too-long'));
  const place = await takePlace(llm, who, register.limits);
  if (!place.ok) return place;
  try {
    return await embedUnder(llm, who, texts, dataClass, model, signal);
  } finally {
    place.value();
  }
}

async function embedUnder(
  llm: LlmContext,
  who: Actor,
  texts: readonly string[],
  dataClass: DataClass,
  model: ModelEntry,
  signal: AbortSignal | undefined,
): Promise<Result<Vectors, Problem>> {
  const safe = guard(llm, texts, dataClass, model);
  if (!safe.ok) return safe;
  const sent = {
    order: { use: VECTORS },
    model,
    inputSha256: createHash('sha256').update(JSON.stringify(safe.value.texts)).digest('hex'),
    masked: safe.value.places,
  };
  await noteSent(llm, who, sent);
  const asked = await ask(llm, model, safe.value.texts, signal);
  const failure = asked.ok ? {} : { failure: { reason: asked.problem, facts: {} } };
  await settle(llm, who, {
    ...sent,
    ending: { finish: asked.ok ? 'stop' : 'broken', droppedCalls: 0, ...failure },
    signs: { sent: safe.value.texts.reduce((sum, text) => sum + text.length, 0), received: 0 },
  });
  return asked.ok ? ok(asked.value) : refuse(problemOf(asked.problem));
}

function guard(
  llm: LlmContext,
  texts: readonly string[],
  dataClass: DataClass,
  model: ModelEntry,
): Result<{ readonly texts: readonly string[]; readonly places: number }, Problem> {
  if (dataClass === 'public') return ok({ texts, places: 0 });
  const { masking } = llm;
  const closed: Problem = {
    kind: 'not-allowed',
    detail: 'Die Texte enthalten besonders geschützte Daten oder lassen sich nicht sicher schützen. Die Suche geht auch so.',
  };
  try {
    if (masking === undefined || texts.some((text) => masking.specialCategories(text).length > 0)) return refuse(closed);
  } catch {
    return refuse(closed);
  }
  return clearanceOf(model, dataClass) === 'clear' ? ok({ texts, places: 0 }) : maskedBy(masking, llm.log, texts, []);
}

async function ask(llm: LlmContext, model: ModelEntry, texts: readonly string[], signal: AbortSignal | undefined): Promise<Result<Vectors, FailureReason>> {
  const late = AbortSignal.timeout(model.idleSeconds * 1000);
  try {
    const vectors = await llm.provider(model).embed(texts, signal === undefined ? late : AbortSignal.any([signal, late]));
    return fits(llm, model, texts.length, vectors) ? ok(vectors) : refuse('unreadable');
  } catch (error) {
    if (late.aborted) return refuse('stalled');
    if (!(error instanceof ProviderFailure)) throw error;
    return refuse(error.reason);
  }
}

/** A vector a text, all of one length, and of the length that this model had before: others cannot be compared. */
function fits({ vectorSizes }: LlmContext, { key, embeddingSize }: ModelEntry, texts: number, vectors: Vectors): boolean {
  const size = embeddingSize ?? vectorSizes.get(key) ?? vectors[0]?.length ?? 0;
  const fine = size > 0 && vectors.length === texts && vectors.every((vector) => vector.length === size && vector.every((one) => Number.isFinite(one)));
  if (fine) vectorSizes.set(key, size);
  return fine;
}
