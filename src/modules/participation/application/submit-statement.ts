import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { receive } from '../domain/decide-statement.ts';
import { receiptMail } from '../domain/mails.ts';
import type { Round } from '../domain/participation.ts';
import { invalidField, linkUsedUp, notFound, type ParticipationProblem } from '../domain/problems.ts';
import type { Statement } from '../domain/statement.ts';
import { LIMITS, readStatement, type StatementInput } from '../domain/statement-input.ts';
import { isToken, randomToken, sha256Hex } from '../domain/token.ts';
import { caseOfRound, findParticipation, shareParticipation } from '../store/case-files.ts';
import { findLink, insertLink } from '../store/links.ts';
import { findStatement, listOfAccount } from '../store/statements.ts';
import { checkFiles, keepFiles, type GivenFile } from './check-file.ts';
import { nextNumber } from './consult.ts';
import type { ParticipationContext } from './context.ts';
import { linkToStatement } from './links.ts';
import { save } from './save.ts';

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
  const accountId = actor.kind === 'citizen' && input.linkAccount === true ? actor.accountId : undefined;
  const words = readStatement(input, { answer: 'statement', personal: true, accountId, attachments: [] });
  if (!words.ok) return words;
  const tokenSha256 = sha256Hex(input.receipt);
  return ctx.database.transaction(async (tx) => {
    const sent = await findLink(tx, tokenSha256);
    if (sent !== undefined) return receiptOf(await findStatement(tx, sent.caseId, sent.statementId ?? ''), roundId);
    const caseId = await caseOfRound(tx, roundId);
    const file = caseId === undefined ? undefined : await shareParticipation(tx, caseId);
    const round = file?.rounds.find((one) => one.id === roundId && one.kind === 'oeffentlich');
    if (file === undefined || round === undefined) return refuse(notFound);
    const now = ctx.clock();
    const today = legalDay(now).toString();
    const received = receive(round, today, today, false);
    if (!received.ok) return received;
    const attachments = await keepFiles(ctx, tx, checked.value, now);
    const statementId = newId(now.epochMilliseconds);
    const { email } = words.value.author;
    const saved = await save(ctx, tx, actor, now, {
      before: file,
      events: [],
      statements: [
        {
          before: undefined,
          events: [
            {
              kind: 'stellungnahme-eingegangen',
              facts: {
                statementId,
                caseId: file.caseId,
                number: await nextNumber(tx, now),
                roundId,
                answer: 'statement',
                receivedOn: today,
                late: received.value.late,
                via: 'online',
                places: words.value.places.length,
                files: attachments.map(({ sha256 }) => sha256),
              },
              content: { ...words.value, attachments },
            },
          ],
        },
      ],
      async effects(inner, { statements: [statement] }) {
        await insertLink(inner, { tokenSha256, caseId: file.caseId, consultationId: null, statementId }, now);
        if (email !== undefined)
          await ctx.mailer.send(inner, `participation.receipt.${statementId}`, receiptMail(email, await linkToStatement(ctx, inner, statement!, now)));
      },
    });
    return saved.ok ? ok(saved.value.statements[0]!) : saved;
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
  return actor.kind === 'citizen' ? listOfAccount(ctx.database.read, actor.accountId) : [];
}
