import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import type { Lang } from '../../../kernel/lang.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { StatementWords } from '../domain/events.ts';
import { receive } from '../domain/decide-statement.ts';
import { receiptMail } from '../domain/mails.ts';
import type { Round } from '../domain/participation.ts';
import { linkUsedUp, notFound, type ParticipationProblem } from '../domain/problems.ts';
import type { Statement } from '../domain/statement.ts';
import { LIMITS, readStatement, type StatementInput } from '../domain/statement-input.ts';
import { isToken, randomToken, sha256Hex } from '../../../kernel/token.ts';
import { caseOfRound, findParticipation, shareParticipation } from '../store/case-files.ts';
import { findLink, insertLink, lockToken } from '../store/links.ts';
import { findStatement, listOfAccount } from '../store/statements.ts';
import { checkFiles, keepFiles, type CheckedFile, type GivenFile } from './check-file.ts';
import type { ParticipationContext } from './context.ts';
import { keepStatement } from './keep-statement.ts';
import { pathToStatement } from './links.ts';

export interface PublicInput extends StatementInput {
  readonly roundId: string;
  /**
   * Secret of the form, 43 signs: it makes sending twice one statement, and opens its receipt. Made
   * with the form; only its hash is kept.
   */
  readonly receipt: string;
  readonly files: readonly GivenFile[];
  /** Whether the answer shall go to the Postfach of the account that sends it. */
  readonly linkAccount?: boolean | undefined;
  readonly lang?: Lang;
}

/** A new secret for a form. */
export const newReceipt = (): string => randomToken();

/** Takes a statement of the public; nobody needs an account or a name. */
export async function submitStatement(ctx: ParticipationContext, actor: Actor, input: PublicInput): Promise<Result<Statement, ParticipationProblem>> {
  if (!isToken(input.receipt))
    return refuse(invalidField('receipt', 'Das Formular kam unvollständig an. Laden Sie die Seite neu und senden Sie es noch einmal.'));
  const roundId = parseId(input.roundId);
  if (roundId === undefined) return refuse(notFound);
  const checked = await checkFiles(input.files, LIMITS.files);
  if (!checked.ok) return checked;
  const linked = actor.kind === 'citizen' && input.linkAccount === true;
  if (linked && !speaksForHolder(actor)) return refuse(invalidField('postfach', NOT_COVERED));
  const accountId = linked ? actor.accountId : undefined;
  const words = readStatement(input, { answer: 'statement', personal: true, accountId, attachments: [] });
  if (!words.ok) return words;
  return ctx.database.transaction((tx) => keepOnce(ctx, tx, actor, { ...input, roundId, words: words.value, checked: checked.value }));
}

/** A Beteiligung is none of the services that a Vollmacht can be limited to. */
const speaksForHolder = ({ agent }: Extract<Actor, { kind: 'citizen' }>): boolean => agent === undefined || (agent.services === undefined && agent.writes);
const NOT_COVERED =
  'Ihre Vertretung umfasst keine Stellungnahmen. Senden Sie sie ohne Antwort ins Postfach, oder handeln Sie wieder für sich selbst (Seite „Vertretung“).';

interface Checked {
  readonly receipt: string;
  readonly roundId: string;
  readonly words: StatementWords;
  readonly lang?: Lang;
  readonly checked: readonly CheckedFile[];
}

/** Forms with one secret queue up; the second finds the statement of the first. */
async function keepOnce(ctx: ParticipationContext, tx: Tx, actor: Actor, given: Checked): Promise<Result<Statement, ParticipationProblem>> {
  const { roundId, words } = given;
  const tokenSha256 = sha256Hex(given.receipt);
  await lockToken(tx, tokenSha256);
  const sent = await findLink(tx, tokenSha256);
  if (sent !== undefined) return receiptOf(sent.statementId === null ? undefined : await findStatement(tx, sent.caseId, sent.statementId), roundId);
  const caseId = await caseOfRound(tx, roundId);
  const file = caseId === undefined ? undefined : await shareParticipation(tx, caseId);
  const round = file?.rounds.find((one) => one.id === roundId && one.kind === 'oeffentlich');
  if (file === undefined || round === undefined) return refuse(notFound);
  const now = ctx.clock();
  const receivedOn = legalDay(now).toString();
  const received = receive(round, receivedOn, receivedOn, false);
  if (!received.ok) return received;
  const attachments = await keepFiles(ctx, tx, given.checked, now);
  const { email } = words.author;
  const { lang = 'de' } = given;
  return keepStatement(ctx, tx, actor, {
    file,
    roundId,
    words: { ...words, ...(email === undefined ? {} : { lang }), attachments },
    receivedOn,
    late: received.value.late,
    via: 'online',
    async effects(inner, { id, caseId: of }) {
      await insertLink(inner, { tokenSha256, caseId: of, consultationId: null, statementId: id }, now);
      if (email === undefined) return;
      // One receipt an hour for an address: nobody can have a stranger flooded with mails.
      const hour = sha256Hex(`${roundId} ${email.toLowerCase()} ${now.toString().slice(0, 13)}`);
      const who = { to: email, lang, publicUrl: ctx.settings.publicUrl };
      await ctx.mailer.send(inner, `participation.receipt.${hour}`, receiptMail(who, await pathToStatement(inner, { id, caseId: of }, now)));
    },
  });
}

const receiptOf = (statement: Statement | undefined, roundId: string): Result<Statement, ParticipationProblem> =>
  statement === undefined || statement.roundId !== roundId
    ? refuse(invalidField('receipt', 'Dieses Formular wurde schon benutzt. Laden Sie die Seite neu.'))
    : ok(statement);

/** What the author sees of the own statement: the words, and the result once it was told. */
export interface Receipt {
  readonly statement: Statement;
  readonly round: Round;
}

/** The receipt of a statement, for whoever has its secret. */
export async function openReceipt(ctx: ParticipationContext, token: string): Promise<Result<Receipt, ParticipationProblem>> {
  const db = ctx.database.read;
  const link = isToken(token) ? await findLink(db, sha256Hex(token)) : undefined;
  if (link?.statementId == null) return refuse(linkUsedUp);
  const statement = await findStatement(db, link.caseId, link.statementId);
  const round = (await findParticipation(db, link.caseId))?.rounds.find((one) => one.id === statement?.roundId);
  return statement === undefined || round === undefined ? refuse(linkUsedUp) : ok({ statement, round });
}

/** Statements a citizen made while signed in. */
export async function ownStatements(ctx: ParticipationContext, actor: Actor): Promise<Statement[]> {
  return actor.kind === 'citizen' && (actor.agent === undefined || actor.agent.services === undefined) ? listOfAccount(ctx.database.read, actor.accountId) : [];
}

/** What the module holds about an account, for its owner (Art. 15 GDPR). */
export async function holdingsOf(ctx: Pick<ParticipationContext, 'database'>, accountId: string): Promise<readonly object[]> {
  const statements = await listOfAccount(ctx.database.read, accountId);
  return statements.map(({ number, receivedOn, text, author, places, attachments, weighing, repliedOn }) => ({
    number,
    receivedOn,
    text,
    author,
    places,
    files: attachments.map(({ fileName, sha256 }) => ({ fileName, sha256 })),
    result: weighing === undefined || repliedOn === undefined ? undefined : { reply: weighing.reply, reasons: weighing.reasons },
  }));
}
