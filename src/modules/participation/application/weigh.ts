import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { deliver } from '../../identity/public.ts';
import { decideStatement, type StatementCommand } from '../domain/decide-statement.ts';
import { resultMail } from '../domain/mails.ts';
import { emptyParticipation } from '../domain/participation.ts';
import { conflict, notFound, type ParticipationProblem } from '../domain/problems.ts';
import type { Statement } from '../domain/statement.ts';
import { lockStatement } from '../store/statements.ts';
import { caseToChange } from './access.ts';
import type { ParticipationContext } from './context.ts';
import { pathToStatement } from './links.ts';
import { save } from './save.ts';

export interface OfficerStatementInput {
  readonly caseId: string;
  readonly statementId: string;
  /** `reply` sends the result where the author can be reached, else notes that it goes by letter. */
  readonly command: Exclude<StatementCommand, { action: 'replied' }> | { readonly action: 'reply' };
  readonly expectedVersion?: number | undefined;
}

/** An officer confirms, anonymises, publishes, weighs or answers a statement. */
export async function actOnStatement(ctx: ParticipationContext, actor: Actor, input: OfficerStatementInput): Promise<Result<Statement, ParticipationProblem>> {
  return ctx.database.transaction(async (tx) => {
    const view = await caseToChange(ctx, tx, actor, input.caseId);
    if (!view.ok) return view;
    const before = await lockStatement(tx, input.caseId, input.statementId);
    if (before === undefined) return refuse(notFound);
    if (input.expectedVersion !== undefined && input.expectedVersion !== before.version) return refuse(conflict);
    const now = ctx.clock();
    const command: StatementCommand = input.command.action === 'reply' ? { action: 'replied', via: wayTo(before) } : input.command;
    const decided = decideStatement(before, command, legalDay(now).toString());
    if (!decided.ok) return decided;
    const events = decided.value;
    const told = events.some((event) => event.kind === 'ergebnis-mitgeteilt');
    const saved = await save(ctx, tx, actor, now, {
      before: emptyParticipation(input.caseId),
      events: [],
      statements: [{ before, events }],
      effects: async (inner) => {
        if (told) await tell(ctx, inner, actor, before, now);
      },
    });
    return saved.ok ? ok(saved.value.statements[0]!) : saved;
  });
}

/** The Postfach of an account, a link by mail, or a letter. */
const wayTo = ({ accountId, author }: Statement): 'postfach' | 'mail' | 'paper' =>
  accountId !== undefined ? 'postfach' : author.email !== undefined ? 'mail' : 'paper';

/** § 3(2) BauGB: the result is told to the author. A mail only says that there is one. */
async function tell(ctx: ParticipationContext, tx: Tx, actor: Actor, statement: Statement, now: Temporal.Instant): Promise<void> {
  const { id, caseId, accountId, author, lang, number } = statement;
  const weighing = statement.weighing!;
  if (accountId !== undefined) {
    const same = (text: string) => ({ de: text, en: text, leicht: text });
    const subject = { de: `Antwort auf Ihre Stellungnahme ${number}`, en: `Answer to your statement ${number}`, leicht: `Antwort auf Ihre Meinung ${number}` };
    await deliver(
      ctx,
      tx,
      actor,
      { accountId, caseId, key: `participation.${id}.${statement.version}`, subject, body: [same(weighing.reply), same(weighing.reasons)], documents: [] },
      now,
    );
    return;
  }
  if (author.email === undefined) return;
  const who = { to: author.email, lang: lang ?? 'de', publicUrl: ctx.settings.publicUrl };
  await ctx.mailer.send(tx, `participation.result.${id}.${statement.version}`, resultMail(who, await pathToStatement(tx, statement, now)));
}
