import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { cleanText } from '../../../kernel/words.ts';
import type { FeedbackKind } from '../domain/usage.ts';
import { addFeedback, keepWords } from '../store/usage.ts';
import type { LlmContext } from './context.ts';

export interface Feedback {
  readonly use: string;
  readonly model: string;
  readonly kind: FeedbackKind;
  readonly words: string;
}

export const MOST_WORDS_SIGNS = 1000;

/** What somebody thinks of an answer: counted for use and model. Words are kept without who wrote them. */
export async function giveFeedback(
  llm: LlmContext,
  who: Actor,
  { use, model, kind, words }: Feedback,
): Promise<Result<{ readonly kind: FeedbackKind }, Problem>> {
  if (who.kind !== 'staff') return refuse({ kind: 'not-allowed', detail: 'Rückmeldungen geben Beschäftigte der Stadt. Melden Sie sich an.' });
  const known = llm.uses.some(({ key }) => key === use) && llm.models.some(({ key }) => key === model);
  if (!known) return refuse({ kind: 'not-found', detail: 'Diese Verwendung oder dieses Modell steht nicht im Register. Laden Sie die Seite neu.' });
  const text = cleanText(words);
  if (text.length > MOST_WORDS_SIGNS) return refuse(invalidField('words', `Schreiben Sie höchstens ${MOST_WORDS_SIGNS} Zeichen.`));
  const now = llm.clock();
  const day = legalDay(now);
  await llm.database.write(async (tx) => {
    await addFeedback(tx, day, { use, model, kind });
    if (text !== '') await keepWords(tx, { id: newId(now.epochMilliseconds), day, use, model, kind, words: text });
  });
  return ok({ kind });
}
