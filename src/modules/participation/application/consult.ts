import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { fileNumber, newId, parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { decide } from '../domain/decide.ts';
import type { AnswerKind, CaseEvent, FileRef, StatementEvent, StatementWords, Via } from '../domain/events.ts';
import type { Consultation, Participation, Round } from '../domain/participation.ts';
import { linkUsedUp, notFound, type ParticipationProblem } from '../domain/problems.ts';
import type { Statement } from '../domain/statement.ts';
import { LIMITS, readStatement, type StatementInput } from '../domain/statement-input.ts';
import { isToken, sha256Hex } from '../../../kernel/token.ts';
import { caseOfConsultation, claimedConsultations, findParticipation, lockParticipation } from '../store/case-files.ts';
import { findLink } from '../store/links.ts';
import { findStatement, nextStatementSerial } from '../store/statements.ts';
import { checkFiles, keepFiles, type GivenFile } from './check-file.ts';
import type { ParticipationContext } from './context.ts';
import { circumstances } from './law.ts';
import { save } from './save.ts';

/** What a consultee may see: the question, the documents, the deadline and the own answer. Nothing else of the case. */
export interface ConsultationView {
  readonly one: Consultation;
  readonly round: Round;
  readonly answer: Statement | undefined;
  /** Whether an answer, or another one, can be sent now. */
  readonly open: boolean;
  /** The key of the page: the token, or the id for the account that took it over. */
  readonly key: string;
  readonly byLink: boolean;
}

interface Found {
  readonly state: Participation;
  readonly one: Consultation;
  readonly round: Round;
  readonly byLink: boolean;
}

/**
 * Finds a consultation by its key: a token anybody who has it may use until round and grace are over,
 * or an id that only the account may use which took it over.
 */
async function findByKey(
  ctx: ParticipationContext,
  db: Sql,
  actor: Actor,
  key: string,
  load: (caseId: string) => Promise<Participation | undefined>,
): Promise<Result<Found, ParticipationProblem>> {
  if (isToken(key)) {
    const link = await findLink(db, sha256Hex(key));
    const found = link?.consultationId == null ? undefined : pick(await load(link.caseId), link.consultationId);
    if (found === undefined || found.one.linkRevoked || found.one.status === 'withdrawn' || linkIsOver(found, ctx.clock())) return refuse(linkUsedUp);
    return ok({ ...found, byLink: true });
  }
  const id = parseId(key);
  const caseId = id === undefined ? undefined : await caseOfConsultation(db, id);
  const found = caseId === undefined ? undefined : pick(await load(caseId), id!);
  return found === undefined || actor.kind === 'anonymous' || found.one.claimedBy !== actorRef(actor) ? refuse(notFound) : ok({ ...found, byLink: false });
}

function pick(state: Participation | undefined, consultationId: string): Omit<Found, 'byLink'> | undefined {
  const one = state?.consultations.find((each) => each.id === consultationId);
  const round = state?.rounds.find((each) => each.id === one?.roundId);
  return state === undefined || one === undefined || round === undefined ? undefined : { state, one, round };
}

function linkIsOver({ one, round }: Pick<Found, 'one' | 'round'>, now: Temporal.Instant): boolean {
  const end = one.dueOn > round.dueOn ? one.dueOn : round.dueOn;
  return legalDay(now).toString() > Temporal.PlainDate.from(end).add({ days: round.graceDays }).toString();
}

const isOpen = ({ one, round }: Pick<Found, 'one' | 'round'>, now: Temporal.Instant): boolean =>
  round.status !== 'closed' &&
  one.status !== 'withdrawn' &&
  (one.status !== 'answered' || (legalDay(now).toString() <= one.dueOn && one.answer?.via !== 'paper'));

/** Opens the page of a consultee. Looking changes nothing: scanners of mails open links too. */
export async function openConsultation(ctx: ParticipationContext, actor: Actor, key: string): Promise<Result<ConsultationView, ParticipationProblem>> {
  const db = ctx.database.read;
  const found = await findByKey(ctx, db, actor, key, (caseId) => findParticipation(db, caseId));
  if (!found.ok) return found;
  const { one, round, state, byLink } = found.value;
  const answer = one.answer && (await findStatement(db, state.caseId, one.answer.statementId));
  return ok({ one, round, answer, open: isOpen(found.value, ctx.clock()), key, byLink });
}

export interface AnswerInput extends StatementInput {
  readonly key: string;
  readonly answer: AnswerKind;
  readonly files: readonly GivenFile[];
}

/** Answers, or changes the answer until the deadline. The same words sent twice are one answer. */
export async function answerConsultation(ctx: ParticipationContext, actor: Actor, input: AnswerInput): Promise<Result<Statement, ParticipationProblem>> {
  const checked = await checkFiles(input.files, LIMITS.files);
  if (!checked.ok) return checked;
  return ctx.database.transaction(async (tx) => {
    const found = await findByKey(ctx, tx, actor, input.key, (caseId) => lockParticipation(tx, caseId));
    if (!found.ok) return found;
    const { state, one, byLink } = found.value;
    const now = ctx.clock();
    const before = one.answer && (await findStatement(tx, state.caseId, one.answer.statementId));
    // Files of the first answer stay with a changed one that brings no new files.
    const attachments = checked.value.length > 0 ? await keepFiles(ctx, tx, checked.value, now) : (before?.attachments ?? []);
    const words = readStatement(input, { answer: input.answer, personal: one.kind === 'nachbar', attachments });
    if (!words.ok) return words;
    const via: Via = byLink ? 'link' : 'account';
    return keepAnswer(ctx, tx, actor, { state, one, before, answer: input.answer, words: withName(words.value, one), via, receivedOn: undefined });
  });
}

/** The consultee is the author. */
export const withName = (words: StatementWords, one: Consultation): StatementWords => ({
  ...words,
  author: { name: one.name, ...(one.email === undefined ? {} : { email: one.email }) },
});

interface Answered {
  readonly state: Participation;
  readonly one: Consultation;
  readonly before: Statement | undefined;
  readonly answer: AnswerKind;
  readonly words: StatementWords;
  readonly via: Via;
  readonly receivedOn: string | undefined;
}

/** Keeps an answer: the consultation is answered, the statement begins or changes. */
export async function keepAnswer(ctx: ParticipationContext, tx: Tx, actor: Actor, given: Answered): Promise<Result<Statement, ParticipationProblem>> {
  const { state, one, before, answer, words, via } = given;
  if (before !== undefined && before.answer === answer && sameWords(before, words)) return ok(before);
  const now = ctx.clock();
  const at = circumstances(now);
  const decided = decide(
    state,
    { action: 'answer', consultationId: one.id, statementId: newId(now.epochMilliseconds), answer, via, receivedOn: given.receivedOn },
    at,
  );
  if (!decided.ok) return decided;
  const [event] = decided.value as readonly [Extract<CaseEvent, { kind: 'stelle-geantwortet' }>];
  const { consultationId, statementId, receivedOn, late } = event.facts;
  const files = words.attachments.map(({ sha256 }) => sha256);
  const facts = { answer, receivedOn, late, via, files };
  const began: StatementEvent =
    before === undefined
      ? {
          kind: 'stellungnahme-eingegangen',
          facts: { statementId, caseId: state.caseId, number: await nextNumber(tx, now), roundId: one.roundId, consultationId, ...facts, places: 0 },
          content: words,
        }
      : { kind: 'stellungnahme-ersetzt', facts, content: words };
  const saved = await save(ctx, tx, actor, now, { before: state, events: decided.value, statements: [{ before, events: [began] }] });
  return saved.ok ? ok(saved.value.statements[0]!) : saved;
}

function sameWords(before: Statement, words: StatementWords): boolean {
  const told = ({ text, conditions, attachments }: { text: string; conditions: readonly string[]; attachments: readonly FileRef[] }): string =>
    JSON.stringify([text, conditions, attachments.map(({ sha256 }) => sha256)]);
  return told(before) === told(words);
}

/** Public reference number of a statement: `ST-2026-000042-K`. */
export const nextNumber = async (tx: Tx, now: Temporal.Instant): Promise<string> => fileNumber('ST', legalDay(now).year, await nextStatementSerial(tx));

/** Takes a consultation into the own account, so that the link need not be kept. Needs the link. */
export async function claimConsultation(ctx: ParticipationContext, actor: Actor, token: string): Promise<Result<string, ParticipationProblem>> {
  if (actor.kind !== 'citizen' && actor.kind !== 'staff')
    return refuse({ kind: 'sign-in-needed', detail: 'Melden Sie sich an, um die Beteiligung in Ihr Konto zu übernehmen.' });
  return ctx.database.transaction(async (tx) => {
    const found = await findByKey(ctx, tx, actor, token, (caseId) => lockParticipation(tx, caseId));
    if (!found.ok) return found;
    const { state, one } = found.value;
    const decided = decide(state, { action: 'claim', consultationId: one.id, by: actorRef(actor) }, circumstances(ctx.clock()));
    if (!decided.ok) return decided;
    const saved = await save(ctx, tx, actor, ctx.clock(), { before: state, events: decided.value });
    return saved.ok ? ok(one.id) : saved;
  });
}

/** Consultations this account took over. */
export async function ownConsultations(ctx: ParticipationContext, actor: Actor): Promise<{ readonly one: Consultation; readonly round: Round }[]> {
  if (actor.kind !== 'citizen' && actor.kind !== 'staff') return [];
  const rows = await claimedConsultations(ctx.database.read, actorRef(actor));
  return rows.flatMap(({ id, state }) => {
    const found = pick(state, id);
    return found === undefined ? [] : [{ one: found.one, round: found.round }];
  });
}

/** A document the consultee may see: of the round, or of the own answer. */
export async function consultationFile(ctx: ParticipationContext, actor: Actor, key: string, fileId: string): Promise<Result<OpenFile, ParticipationProblem>> {
  const opened = await openConsultation(ctx, actor, key);
  if (!opened.ok) return opened;
  const ref = [...opened.value.round.documents, ...(opened.value.answer?.attachments ?? [])].find((one) => one.id === fileId);
  return readFile(ctx, ref);
}

export interface OpenFile {
  readonly ref: FileRef;
  readonly bytes: Uint8Array;
}

/** The bytes of a file somebody may see. */
export async function readFile(ctx: ParticipationContext, ref: FileRef | undefined): Promise<Result<OpenFile, ParticipationProblem>> {
  const file = ref && (await ctx.files.get(ctx.database.read, ref.sha256));
  return ref === undefined || file === undefined ? refuse(notFound) : ok({ ref, bytes: file.bytes });
}
