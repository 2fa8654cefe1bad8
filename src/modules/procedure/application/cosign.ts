import { inOwnName, type Actor } from '../../../kernel/actor.ts';
import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { StoredFile } from '../../../platform/files/files.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import { allProblems } from '../../catalogue/public.ts';
import { accountProfile } from '../../identity/public.ts';
import type { Cosigner } from '../domain/cosigner.ts';
import { answeredMail } from '../domain/cosign-mails.ts';
import type { CaseProblem } from '../domain/problems.ts';
import { cosigningsOf, findByToken, findCosigner, keepRefusal, keepSignature, listCosigners, takeInvitation } from '../store/cosigners.ts';
import { lockForSigning, readDraft, type Draft } from '../store/drafts.ts';
import { findUpload, listUploads, type UploadRow } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { readingOf, trustSuffices } from './drafts.ts';
import { cosignEntry, fingerprintOf } from './signatures.ts';
import { fileOf } from './uploads.ts';

// Everybody signs for themselves, whoever they act for at the moment.
type Citizen = Extract<Actor, { kind: 'citizen' }>;

/** One sentence for all: a link that is wrong, over, taken back, or another account's tells nothing. */
const NOT_ASKED: CaseProblem = {
  kind: 'not-found',
  detail:
    'Hier gibt es nichts mitzuzeichnen: Der Link gilt nicht mehr, oder er gehört zu einem anderen Konto. Ist der Antrag schon eingereicht, steht er unter «Meine Anträge». Bitten Sie sonst die Person, die Sie eingeladen hat, um einen neuen Link.',
};
const OWN: CaseProblem = {
  kind: 'not-allowed',
  detail:
    'Diesen Antrag stellen Sie selbst. Mitzeichnen muss eine andere Person mit ihrem eigenen Servicekonto. Melden Sie sich ab, und geben Sie den Link nicht weiter.',
};
const TWICE: CaseProblem = { kind: 'not-allowed', detail: 'Mit diesem Konto zeichnen Sie den Antrag schon mit. Jede Person braucht ein eigenes Servicekonto.' };
const TRUST: CaseProblem = {
  kind: 'not-allowed',
  detail: 'Für diesen Antrag müssen wir sicher wissen, wer Sie sind. Melden Sie sich mit dem Online-Ausweis an, und öffnen Sie den Link noch einmal.',
};
const CHANGED: CaseProblem = {
  kind: 'conflict',
  detail: 'Der Antrag wurde geändert, während Sie ihn gelesen haben. Lesen Sie den neuen Stand, und zeichnen Sie dann.',
};
const UNFINISHED = wrongState('Der Antrag ist noch nicht fertig ausgefüllt. Mitzeichnen können Sie, sobald nichts mehr fehlt.');

/** Whether a personal link is good; it tells nothing else. */
export async function isInvited(ctx: ProcedureContext, token: string): Promise<boolean> {
  return (await findByToken(ctx.database.read, sha256Hex(token), ctx.clock())) !== undefined;
}

/** Takes an invitation into the account that is signed in: the first one to do so, and no other. @returns the request's id */
export async function takeUp(ctx: ProcedureContext, person: Citizen, token: string): Promise<Result<string, CaseProblem>> {
  const actor = inOwnName(person);
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const seen = await findByToken(tx, sha256Hex(token), now);
    const draft = seen && (await lockForSigning(tx, seen.draftId));
    // read again: who waited for the draft may have been too late
    const one = await findByToken(tx, sha256Hex(token), now);
    if (draft === undefined || one === undefined) return refuse(NOT_ASKED);
    if (draft.accountId === actor.accountId) return refuse(OWN);
    if (one.accountId === actor.accountId) return ok(one.id);
    if (one.accountId !== null) return refuse(NOT_ASKED);
    const pkg = await ctx.desk.pinned(draft.packageHash);
    if (!trustSuffices(actor.trust, pkg.trust)) return refuse(TRUST);
    if ((await listCosigners(tx, draft.id)).some(({ accountId }) => accountId === actor.accountId)) return refuse(TWICE);
    await takeInvitation(tx, one.id, actor.accountId);
    await ctx.journal.append(tx, actor, now, [cosignEntry('angenommen', one)]);
    return ok(one.id);
  });
}

/** An application as somebody sees it who is asked to sign it: whole, exactly as it stands. */
export interface Cosigning {
  readonly one: Cosigner;
  readonly draft: Draft;
  readonly pkg: ServicePackage;
  readonly uploads: readonly UploadRow[];
  readonly others: readonly Cosigner[];
  /** What a signature binds to. */
  readonly sha256: string;
  /** Nothing is missing, so it can be signed. */
  readonly complete: boolean;
}

/** Opens the application for the account that took the invitation. */
export async function openCosigning(ctx: ProcedureContext, person: Citizen, id: string): Promise<Result<Cosigning, CaseProblem>> {
  const actor = inOwnName(person);
  const db = ctx.database.read;
  const one = await findCosigner(db, id, actor.accountId);
  const draft = one && (await readDraft(db, one.draftId));
  if (one === undefined || draft === undefined) return refuse(NOT_ASKED);
  const pkg = await ctx.desk.pinned(draft.packageHash);
  if (!trustSuffices(actor.trust, pkg.trust)) return refuse(TRUST);
  const uploads = await listUploads(db, draft.id);
  const others = (await listCosigners(db, draft.id)).filter((other) => other.id !== id);
  return ok({ one, draft, pkg, uploads, others, sha256: fingerprintOf(draft, uploads), complete: isComplete(ctx, pkg, draft, uploads) });
}

const isComplete = (ctx: ProcedureContext, pkg: ServicePackage, draft: Draft, uploads: readonly UploadRow[]): boolean =>
  allProblems(pkg, draft.answers, readingOf(ctx, uploads, 'de')).length === 0;

/** A file of the application, for the account that took the invitation. */
export async function readCosignedUpload(
  ctx: ProcedureContext,
  actor: Citizen,
  id: string,
  uploadId: string,
): Promise<Result<{ upload: UploadRow; file: StoredFile }, CaseProblem>> {
  const opened = await openCosigning(ctx, actor, id);
  if (!opened.ok) return opened;
  const upload = await findUpload(ctx.database.read, opened.value.draft.id, uploadId);
  return upload === undefined ? refuse(NOT_ASKED) : fileOf(ctx.database.read, upload);
}

/** What the account is asked to sign, with the service's name to come. */
export async function ownCosignings(ctx: Pick<ProcedureContext, 'database'>, actor: Citizen): Promise<{ one: Cosigner; service: string }[]> {
  const db = ctx.database.read;
  const found = await Promise.all((await cosigningsOf(db, inOwnName(actor).accountId)).map(async (one) => ({ one, draft: await readDraft(db, one.draftId) })));
  return found.flatMap(({ one, draft }) => (draft === undefined ? [] : [{ one, service: draft.service }]));
}

/**
 * Signs what was read. Draft and signature wait for each other on the draft's row: a change that was
 * faster is seen, one that comes later voids the signature. Signing twice is signing once.
 * @param sha256 what the person saw
 */
export async function sign(
  ctx: ProcedureContext,
  person: Citizen,
  { id, sha256 }: { readonly id: string; readonly sha256: string },
): Promise<Result<true, CaseProblem>> {
  const actor = inOwnName(person);
  return withDraftHeld(ctx, actor, id, async (tx, { one, draft, pkg }) => {
    const uploads = await listUploads(tx, draft.id);
    if (fingerprintOf(draft, uploads) !== sha256) return refuse(CHANGED);
    if (one.signedSha256 === sha256) return ok(true as const);
    if (!isComplete(ctx, pkg, draft, uploads)) return refuse(UNFINISHED);
    const now = ctx.clock();
    await keepSignature(tx, id, sha256, now);
    await tellOwner(ctx, tx, draft, `${id}.${sha256}.${now.epochMilliseconds}`);
    await ctx.journal.append(tx, actor, now, [cosignEntry('erteilt', one, { signedSha256: sha256 })]);
    return ok(true as const);
  });
}

/** Says no, with the reason; a signature given before is taken back with it. */
export async function decline(
  ctx: ProcedureContext,
  person: Citizen,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Result<true, CaseProblem>> {
  const actor = inOwnName(person);
  const words = reason.trim();
  if (words === '') return refuse(invalidField('reason', 'Schreiben Sie kurz, warum Sie nicht mitzeichnen.'));
  if (words.length > 2000) return refuse(invalidField('reason', 'Kürzen Sie den Grund auf 2.000 Zeichen.'));
  return withDraftHeld(ctx, actor, id, async (tx, { one, draft }) => {
    if (one.declineReason === words) return ok(true as const);
    const now = ctx.clock();
    await keepRefusal(tx, id, words, now);
    await tellOwner(ctx, tx, draft, `${id}.nein.${now.epochMilliseconds}`);
    await ctx.journal.append(tx, actor, now, [cosignEntry('abgelehnt', one)]);
    return ok(true as const);
  });
}

interface Held {
  readonly one: Cosigner;
  readonly draft: Draft;
  readonly pkg: ServicePackage;
}

async function withDraftHeld(
  ctx: ProcedureContext,
  actor: Citizen,
  id: string,
  change: (tx: Tx, held: Held) => Promise<Result<true, CaseProblem>>,
): Promise<Result<true, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    const seen = await findCosigner(tx, id, actor.accountId);
    const draft = seen && (await lockForSigning(tx, seen.draftId));
    const one = await findCosigner(tx, id, actor.accountId);
    if (draft === undefined || one === undefined) return refuse(NOT_ASKED);
    const pkg = await ctx.desk.pinned(draft.packageHash);
    return trustSuffices(actor.trust, pkg.trust) ? change(tx, { one, draft, pkg }) : refuse(TRUST);
  });
}

/** The owner of the draft is told that there is an answer, where they have an address. */
async function tellOwner(ctx: ProcedureContext, tx: Tx, { id, accountId }: Draft, key: string): Promise<void> {
  const owner = await accountProfile(tx, accountId);
  if (owner?.email === undefined || !owner.emailConfirmed) return;
  const who = { to: owner.email, lang: owner.lang ?? 'de', publicUrl: ctx.settings.publicUrl };
  await ctx.mailer.send(tx, `procedure.cosign-answered.${key}`, answeredMail(who, `/antrag/${id}/pruefen`));
}
