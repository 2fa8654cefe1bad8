import type { OutgoingMail } from '../../../kernel/mail.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { CaseEvent } from '../domain/events.ts';
import { askMail, extendedMail, reminderMail } from '../domain/mails.ts';
import type { Consultation, Participation } from '../domain/participation.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import { insertLink, revokeLinks } from '../store/links.ts';
import type { ParticipationContext } from './context.ts';

type MailOf = (to: string, link: string, until: string) => OutgoingMail;

const MAILS: Partial<Record<CaseEvent['kind'], MailOf>> = {
  'stelle-beteiligt': askMail,
  'stelle-erinnert': reminderMail,
  'stelle-frist-verlaengert': extendedMail,
  'link-erneuert': askMail,
};

/** Links and mails that follow from accepted events. A mail holds a link and a day, the database only the link's hash. */
export async function sendLinks(ctx: ParticipationContext, tx: Tx, state: Participation, events: readonly CaseEvent[], now: Temporal.Instant): Promise<void> {
  for (const event of events) {
    if (!('consultationId' in event.facts)) continue;
    const one = state.consultations.find((each) => each.id === (event.facts as { consultationId: string }).consultationId);
    if (one === undefined) continue;
    if (['link-erneuert', 'link-widerrufen', 'beteiligung-zurueckgezogen'].includes(event.kind)) await revokeLinks(tx, one.id, now);
    const mailOf = MAILS[event.kind];
    if (mailOf !== undefined) await sendLink(ctx, tx, state.caseId, one, mailOf, now);
  }
}

async function sendLink(ctx: ParticipationContext, tx: Tx, caseId: string, one: Consultation, mailOf: MailOf, now: Temporal.Instant): Promise<void> {
  if (one.email === undefined || one.linkRevoked) return;
  const token = randomToken();
  const tokenSha256 = sha256Hex(token);
  await insertLink(tx, { tokenSha256, caseId, consultationId: one.id, statementId: null }, now);
  const until = formatGermanDate(Temporal.PlainDate.from(one.dueOn));
  // The key names the link, so that a retried transaction never sends an old one.
  await ctx.mailer.send(tx, `participation.${tokenSha256}`, mailOf(one.email, `${ctx.settings.publicUrl}/stellungnahme/${token}`, until));
}

/** A new link for the author of a statement. @returns its path */
export async function pathToStatement(tx: Tx, statement: { readonly id: string; readonly caseId: string }, now: Temporal.Instant): Promise<string> {
  const token = randomToken();
  await insertLink(tx, { tokenSha256: sha256Hex(token), caseId: statement.caseId, consultationId: null, statementId: statement.id }, now);
  return `/beteiligung/eingang/${token}`;
}
