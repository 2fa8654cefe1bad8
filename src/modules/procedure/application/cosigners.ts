import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import { ownerOf, type Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Lang } from '../../../kernel/lang.ts';
import { invalidFields, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { accountLang } from '../../identity/public.ts';
import { readInvitation, type Cosigner } from '../domain/cosigner.ts';
import { endedMail, invitationMail } from '../domain/cosign-mails.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { countInvitationMail, deleteCosigner, insertCosigner, listCosigners, renewLink } from '../store/cosigners.ts';
import { lockDraft, touchDraft } from '../store/drafts.ts';
import type { ProcedureContext } from './context.ts';
import { cosignEntry } from './signatures.ts';

type Citizen = Extract<Actor, { kind: 'citizen' }>;

/** How long a personal link is good. */
const LINK_DAYS = 30;
/** A draft writes to addresses of others: not without end. */
const MOST_MAILS = 30;

export interface InvitationInput {
  readonly draftId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  /** In which whoever asks reads: of who is asked only the address is known. */
  readonly lang: Lang;
}

/** Asks somebody to apply together with the owner of the draft. The same person asked twice is asked once. */
export async function inviteCosigner(ctx: ProcedureContext, actor: Citizen, input: InvitationInput): Promise<Result<Cosigner, CaseProblem>> {
  const { tidy, faults } = readInvitation(input);
  return ctx.database.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, ownerOf(actor));
    if (draft === undefined) return refuse(notFound);
    const { jointApplicants } = await ctx.desk.pinned(draft.packageHash);
    if (jointApplicants === undefined)
      return refuse(wrongState('Diesen Antrag stellt eine Person allein. Weitere Antragstellende sind hier nicht vorgesehen.'));
    if (faults.length > 0) return refuse(invalidFields(faults));
    const present = await listCosigners(tx, draft.id);
    const same = present.find((one) => isSame(one, tidy));
    if (same !== undefined) return ok(same);
    if (present.length >= jointApplicants.max)
      return refuse(wrongState(`Mehr als ${jointApplicants.max} weitere Personen sind hier nicht vorgesehen. Nehmen Sie zuerst eine aus dem Antrag.`));
    const now = ctx.clock();
    const { token, expiresAt } = freshLink(now);
    const nothingYet = { accountId: null, signedSha256: null, signedAt: null, voidedAt: null, declinedAt: null, declineReason: null };
    const one: Cosigner = { id: newId(now.epochMilliseconds), draftId: draft.id, ...tidy, invitedAt: now, expiresAt, ...nothingYet };
    await insertCosigner(tx, one, sha256Hex(token));
    await touchDraft(tx, draft.id, now);
    if (!(await sendLink(ctx, tx, one, token, input.lang))) return refuse(TOO_MANY);
    await ctx.journal.append(tx, actor, now, [cosignEntry('erbeten', one)]);
    return ok(one);
  });
}

const isSame = (one: Cosigner, { givenName, familyName, email }: Pick<Cosigner, 'givenName' | 'familyName' | 'email'>): boolean =>
  one.email.toLowerCase() === email.toLowerCase() && one.givenName === givenName && one.familyName === familyName;

const TOO_MANY = wrongState(
  'Zu diesem Antrag sind schon sehr viele Einladungen verschickt worden. Bitten Sie die Personen, die letzte Mail zu suchen, oder beginnen Sie den Antrag neu.',
);

/** Only the token's hash is kept. */
function freshLink(now: Temporal.Instant): { readonly token: string; readonly expiresAt: Temporal.Instant } {
  return { token: randomToken(), expiresAt: now.add({ hours: LINK_DAYS * 24 }) };
}

/** @returns false when the draft has sent as many mails as it may */
async function sendLink(ctx: ProcedureContext, tx: Tx, { draftId, email, expiresAt }: Cosigner, token: string, lang: Lang): Promise<boolean> {
  if (!(await countInvitationMail(tx, draftId, MOST_MAILS))) return false;
  const until = legalDay(expiresAt).subtract({ days: 1 });
  const mail = invitationMail({ to: email, lang, publicUrl: ctx.settings.publicUrl }, `/mitzeichnen/${token}`, until);
  await ctx.mailer.send(tx, `procedure.cosign.${sha256Hex(token)}`, mail);
  return true;
}

export interface CosignerInput {
  readonly draftId: string;
  readonly cosignerId: string;
}

/** Sends a new link; the one before is good no more. Who has taken the invitation keeps it. */
export async function inviteAgain(
  ctx: ProcedureContext,
  actor: Citizen,
  input: CosignerInput & Pick<InvitationInput, 'lang'>,
): Promise<Result<Cosigner, CaseProblem>> {
  return withCosigner(ctx, actor, input, async (tx, one, now) => {
    const { token, expiresAt } = freshLink(now);
    await renewLink(tx, one.id, sha256Hex(token), expiresAt);
    const renewed = { ...one, expiresAt };
    if (!(await sendLink(ctx, tx, renewed, token, input.lang))) return refuse(TOO_MANY);
    await ctx.journal.append(tx, actor, now, [cosignEntry('link-erneuert', one)]);
    return ok(renewed);
  });
}

/** Takes somebody out of the application; the link ends, and who has opened it is told. */
export async function removeCosigner(ctx: ProcedureContext, actor: Citizen, input: CosignerInput): Promise<Result<true, CaseProblem>> {
  return withCosigner(ctx, actor, input, async (tx, one, now) => {
    await deleteCosigner(tx, one.id);
    await tellEnded(ctx, tx, [one]);
    await ctx.journal.append(tx, actor, now, [cosignEntry('zurueckgezogen', one)]);
    return ok(true as const);
  });
}

/** Tells those who have opened a request that nothing is asked of them any more. */
export async function tellEnded(ctx: ProcedureContext, tx: Tx, cosigners: readonly Cosigner[]): Promise<void> {
  for (const one of cosigners) {
    if (one.accountId === null) continue;
    const who = { to: one.email, lang: await accountLang(tx, one.accountId), publicUrl: ctx.settings.publicUrl };
    await ctx.mailer.send(tx, `procedure.cosign-ended.${one.id}`, endedMail(who));
  }
}

async function withCosigner<T>(
  ctx: ProcedureContext,
  actor: Citizen,
  { draftId, cosignerId }: CosignerInput,
  change: (tx: Tx, one: Cosigner, now: Temporal.Instant) => Promise<Result<T, CaseProblem>>,
): Promise<Result<T, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId, ownerOf(actor));
    const one = draft && (await listCosigners(tx, draft.id)).find(({ id }) => id === cosignerId);
    return one === undefined ? refuse(notFound) : change(tx, one, ctx.clock());
  });
}
