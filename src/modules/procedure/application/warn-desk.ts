import { officialMail } from '../../../kernel/mail.ts';
import { staffDirectory, staffMember } from '../../identity/public.ts';
import { findCase } from '../store/cases.ts';
import type { ProcedureContext } from './context.ts';

/**
 * Job: tells the desk by mail that a decision period ends, or the heads of the authority that it has
 * passed. The mail names the file and nothing of the person.
 */
export async function warnDesk(ctx: ProcedureContext, { caseId, version }: { caseId: string; version: number }): Promise<void> {
  const state = await findCase(ctx.database.read, caseId);
  const warned = state?.warned;
  if (state === undefined || warned === undefined) throw new Error(`case ${caseId} was not warned of`);
  const colleagues = await staffDirectory(ctx.database.read, state.authority);
  const heads = colleagues.filter((one) => one.roles.includes('leitung'));
  const assignee = state.assignee === undefined ? undefined : await staffMember(ctx.database.read, state.assignee);
  // before the end the one who works on it; nobody does, or it is too late: the heads
  const told = warned.stage === 'vorher' && assignee !== undefined ? [assignee] : heads;
  const day = Temporal.PlainDate.from(warned.dueOn).toLocaleString('de-DE', { day: 'numeric', month: 'long', year: 'numeric' });
  const subject = warned.stage === 'vorher' ? `Frist endet am ${day}` : `Frist seit ${day} abgelaufen`;
  const words = warned.stage === 'vorher' ? 'Die Entscheidungsfrist endet bald.' : 'Die Entscheidungsfrist ist ohne Entscheidung abgelaufen.';
  const link = `${ctx.settings.publicUrl}/eingang/${caseId}`;
  await ctx.database.write(async (tx) => {
    for (const { staffId, email } of told) {
      const mail = officialMail(email, subject, `${state.fileNumber}: ${words}`, link);
      await ctx.mailer.send(tx, `procedure.warning.${caseId}.${version}.${staffId}`, mail);
    }
  });
}
