import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { isToken, randomToken, sha256Hex } from '../../../kernel/token.ts';
import { cleanLine, cleanText } from '../../../kernel/words.ts';
import { handOverProblems, type Channel } from '../domain/question.ts';
import { daysKept } from '../domain/retention.ts';
import type { Lang } from '../domain/service.ts';
import { countWaiting, insertQuestion } from '../store/questions.ts';
import { streamOf, type FinderContext } from './context.ts';

export interface HandOverInput {
  readonly text: string;
  readonly lang: Lang;
  readonly channel: Channel | undefined;
  readonly contact: string;
  readonly consent: boolean;
  /** Secret of the form: sent twice, it is one question. */
  readonly receipt: string;
  /** A field nobody sees: only programs fill it in. */
  readonly trap: string;
}

/** Days after which a question goes that is closed today. */
export const daysKeptFrom = (now: Temporal.Instant): number => daysKept(legalDay(now));

export const newReceipt = (): string => randomToken();

/** More questions than this nobody works off; a flood must not fill the disk. */
const MOST_WAITING = 2000;
const TOO_MANY: Problem = {
  kind: 'too-many',
  detail: 'Gerade kommen mehr Fragen, als wir lesen können. Rufen Sie bitte 115 an, oder versuchen Sie es morgen noch einmal.',
};

/** Keeps a question for a person of the city to answer. */
export async function handOver(ctx: FinderContext, actor: Actor, input: HandOverInput): Promise<Result<{ readonly received: true }, Problem>> {
  const text = cleanText(input.text);
  const contact = cleanLine(input.contact);
  const problems: FieldProblem[] = handOverProblems({ text, channel: input.channel, contact, consent: input.consent });
  if (input.trap !== '') problems.push({ field: 'website', message: 'Lassen Sie dieses Feld bitte leer. Es ist eine Falle für Programme.' });
  if (!isToken(input.receipt)) problems.push({ field: 'receipt', message: 'Das Formular kam unvollständig an. Senden Sie es bitte noch einmal.' });
  if (problems.length > 0 || input.channel === undefined) return refuse(invalidFields(problems));
  const { channel, lang, receipt } = input;
  const now = ctx.clock();
  const id = newId(now.epochMilliseconds);
  return ctx.database.transaction<{ readonly received: true }, Problem>(async (tx) => {
    if ((await countWaiting(tx)) >= MOST_WAITING) return refuse(TOO_MANY);
    const first = await insertQuestion(tx, { id, text, lang, channel, contact, askedAt: now, receiptSha256: sha256Hex(`finder\n${receipt}`) });
    if (first) await ctx.journal.append(tx, actor, now, [{ stream: streamOf(id), kind: 'finder.question-received', payload: { questionId: id } }]);
    return ok({ received: true as const });
  });
}
