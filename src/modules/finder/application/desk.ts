import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { cleanText } from '../../../kernel/words.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { answerMail } from '../domain/mails.ts';
import { LONGEST, type Outcome, type Question, type QuestionRow, type QuestionState } from '../domain/question.ts';
import { keptUntil } from '../domain/retention.ts';
import { closeQuestion, findQuestion, listQuestions, lockQuestion, takeQuestion } from '../store/questions.ts';
import { notFound, streamOf, type FinderContext } from './context.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;

/** Who answers citizens' questions: those who work on cases. */
const atDesk = (actor: Actor): actor is Staff => actor.kind === 'staff' && actor.roles.some((role) => role === 'sachbearbeitung' || role === 'leitung');

/** Questions in a state, the oldest first; no word of them, since every look into one is journalled. */
export async function questionsAtDesk(
  ctx: FinderContext,
  actor: Actor,
  query: { readonly state: QuestionState; readonly limit: number; readonly after?: string | undefined },
): Promise<Result<readonly QuestionRow[], Problem>> {
  return atDesk(actor) ? ok(await listQuestions(ctx.database.read, query)) : refuse(notFound);
}

export interface ReadQuestion extends Question {
  /** Of a closed one: the last day before it is deleted. */
  readonly keptUntil?: Temporal.PlainDate;
}

/** One question with all its words; the look is journalled. */
export async function readQuestion(ctx: FinderContext, actor: Actor, id: string): Promise<Result<ReadQuestion, Problem>> {
  if (!atDesk(actor)) return refuse(notFound);
  const found = await findQuestion(ctx.database.read, id);
  if (found === undefined) return refuse(notFound);
  await ctx.database.write((tx) => note(ctx, tx, actor, id, 'read', {}));
  return ok(found.closedAt === null ? found : { ...found, keptUntil: keptUntil(legalDay(found.closedAt)) });
}

export type DeskCommand = { readonly action: 'take' } | { readonly action: 'answer' | 'call' | 'close'; readonly text: string };

const OUTCOME: Readonly<Record<'answer' | 'call' | 'close', Outcome>> = { answer: 'mail', call: 'call', close: 'none' };
const KIND = { answer: 'answered', call: 'called', close: 'closed' } as const;

/** Takes a question, or closes one's own: with a mail, after a call, or without an answer. */
export async function workOnQuestion(ctx: FinderContext, actor: Actor, id: string, command: DeskCommand): Promise<Result<{ readonly id: string }, Problem>> {
  if (!atDesk(actor)) return refuse(notFound);
  return ctx.database.transaction<{ readonly id: string }, Problem>(async (tx) => {
    const found = await lockQuestion(tx, id);
    if (found === undefined) return refuse(notFound);
    if (found.state === 'closed') return refuse(wrongState('Diese Frage ist schon beantwortet. Öffnen Sie die Liste und nehmen Sie eine andere.'));
    return command.action === 'take' ? take(ctx, tx, actor, found) : close(ctx, tx, actor, found, command);
  });
}

async function take(ctx: FinderContext, tx: Tx, actor: Staff, { id, state, takenBy }: Question): Promise<Result<{ readonly id: string }, Problem>> {
  if (takenBy === actor.staffId) return ok({ id });
  if (state === 'taken' && !actor.roles.includes('leitung'))
    return refuse({ kind: 'conflict', detail: 'Diese Frage bearbeitet schon jemand. Nehmen Sie eine andere, oder bitten Sie die Leitung, sie zu übernehmen.' });
  await takeQuestion(tx, id, actor.staffId, ctx.clock());
  await note(ctx, tx, actor, id, 'taken', {});
  return ok({ id });
}

async function close(
  ctx: FinderContext,
  tx: Tx,
  actor: Staff,
  { id, takenBy, channel, contact, lang, text: asked }: Question,
  { action, text: typed }: Extract<DeskCommand, { text: string }>,
): Promise<Result<{ readonly id: string }, Problem>> {
  if (takenBy !== actor.staffId) return refuse(wrongState('Nehmen Sie die Frage erst an. Dann können Sie sie beantworten.'));
  const text = cleanText(typed);
  if (text.length > LONGEST.answer) return refuse(invalidField('text', `Kürzen Sie den Text auf ${LONGEST.answer} Zeichen.`));
  if (action !== 'close' && text === '')
    return refuse(invalidField('text', action === 'answer' ? 'Schreiben Sie die Antwort auf.' : 'Notieren Sie kurz, was Sie am Telefon gesagt haben.'));
  if (action === 'answer' && channel !== 'mail')
    return refuse(invalidField('text', 'Diese Person möchte angerufen werden. Rufen Sie an und notieren Sie den Anruf.'));
  const now = ctx.clock();
  await closeQuestion(tx, id, actor.staffId, { outcome: OUTCOME[action], answer: text, at: now });
  if (action === 'answer') await ctx.mailer.send(tx, `finder.answer.${id}`, answerMail({ to: contact, lang, publicUrl: ctx.settings.publicUrl }, asked, text));
  await note(ctx, tx, actor, id, KIND[action], {});
  return ok({ id });
}

/** Ids only: words and addresses stand in the table, which forgets them. */
async function note(ctx: FinderContext, tx: Tx, actor: Actor, id: string, what: string, more: Readonly<Record<string, unknown>>): Promise<void> {
  await ctx.journal.append(tx, actor, ctx.clock(), [{ stream: streamOf(id), kind: `finder.question-${what}`, payload: { questionId: id, ...more } }]);
}
