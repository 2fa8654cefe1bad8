import { ownerOf, owns, type Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { ORIGIN } from '../../../kernel/usage.ts';
import {
  allProblems,
  pageProblems,
  readPage,
  removeItem,
  visiblePages,
  type Lang,
  type Page,
  type PlacedProblem,
  type ServicePackage,
} from '../../catalogue/public.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import type { Channel } from '../domain/events.ts';
import { listCosigners } from '../store/cosigners.ts';
import type { Cosigner } from '../domain/cosigner.ts';
import { findDraft, insertDraft, listDrafts, lockDraft, updateDraft, type Draft } from '../store/drafts.ts';
import { listUploads, type UploadRow } from '../store/uploads.ts';
import { goneOrNever, removeDraft } from './abandoned-drafts.ts';
import type { ProcedureContext } from './context.ts';
import { valuesOf, withKept } from './kept-fields.ts';
import { voidSignatures } from './signatures.ts';
import { typedMeanwhile, type SeenPage } from './typed-meanwhile.ts';

type Citizen = Extract<Actor, { kind: 'citizen' }>;

const TRUST_ORDER = ['einfach', 'substanziell', 'hoch'] as const;

/** Whether the account's trust reaches what the service asks. */
export const trustSuffices = (has: Citizen['trust'], needs: Citizen['trust']): boolean => TRUST_ORDER.indexOf(has) >= TRUST_ORDER.indexOf(needs);

/** § 14(1) sentence 2 VwVfG: what the Vollmacht covers follows from its content. */
const outsideMandate: CaseProblem = {
  kind: 'not-allowed',
  detail: 'Ihre Vollmacht gilt nicht für diese Leistung. Bitten Sie die Person, die Sie vertreten, um eine Vollmacht, die sie nennt.',
};
/** A password cannot give away what it does not open. */
const mandateTooWeak: CaseProblem = {
  kind: 'not-allowed',
  detail:
    'Die Vertretung wurde ohne Online-Ausweis erteilt. Diese Leistung verlangt ihn. Bitten Sie darum, sie nach einer Anmeldung mit dem Online-Ausweis neu zu erteilen.',
};

/** Why this sign-in is too weak to send an application for a service, or nothing. Nobody is asked before (ADR 70). */
export function trustRefusal(actor: Citizen, needed: Citizen['trust']): CaseProblem | undefined {
  if (trustSuffices(actor.trust, needed)) return undefined;
  if (actor.agent !== undefined && trustSuffices(actor.agent.trust, needed)) return mandateTooWeak;
  return {
    kind: 'not-allowed',
    detail: 'Zum Absenden müssen wir sicher wissen, wer Sie sind. Melden Sie sich mit dem Online-Ausweis an. Was Sie eingegeben haben, bleibt gespeichert.',
  };
}

/**
 * Begins an application, whatever the trust of the sign-in: the card is asked for when the application is sent.
 * @param origin the campaign's link that led here; what is none is left out
 * @returns the draft's id, which becomes the case's id
 */
export async function startDraft(ctx: ProcedureContext, actor: Citizen, service: string, origin?: string): Promise<Result<Draft, CaseProblem>> {
  const pkg = ctx.desk.current(service);
  if (pkg === undefined) return refuse({ kind: 'not-found', detail: 'Diese Leistung gibt es nicht. Suchen Sie auf der Startseite nach ihr.' });
  if (pkg.initiator === 'amt') {
    return refuse({
      kind: 'not-allowed',
      detail: 'Dieses Verfahren beginnt die Behörde selbst (§ 22 VwVfG). Sie können sich beteiligen: Was ausliegt, steht unter /beteiligung.',
    });
  }
  if (!owns(ownerOf(actor), { accountId: actor.accountId, service })) return refuse(outsideMandate);
  const now = ctx.clock();
  const draft: Draft = {
    id: newId(now.epochMilliseconds),
    accountId: actor.accountId,
    service,
    packageHash: pkg.hash,
    answers: {},
    channel: 'postfach',
    updatedAt: now,
    ...(origin !== undefined && ORIGIN.test(origin) && { origin }),
  };
  await ctx.database.write((tx) => insertDraft(tx, draft));
  return ok(draft);
}

/** A draft with its package, files and what is still missing. */
export interface OpenDraft {
  readonly draft: Draft;
  readonly pkg: ServicePackage;
  readonly uploads: readonly UploadRow[];
  readonly problems: readonly PlacedProblem[];
  /** Who is asked to apply together with the owner. */
  readonly cosigners: readonly Cosigner[];
}

/** Opens a draft for its owner. */
export async function openDraft(ctx: ProcedureContext, actor: Citizen, id: string, lang: Lang): Promise<Result<OpenDraft, CaseProblem>> {
  const draft = await findDraft(ctx.database.read, id, ownerOf(actor));
  if (draft === undefined) return refuse(await goneOrNever(ctx, actor, id));
  const pkg = await ctx.desk.pinned(draft.packageHash);
  const uploads = await listUploads(ctx.database.read, id);
  const cosigners = await listCosigners(ctx.database.read, id);
  return ok({ draft, pkg, uploads, cosigners, problems: allProblems(pkg, draft.answers, readingOf(ctx, uploads, lang)) });
}

/** How posted text is read: in which language complaints are made, what today is, which files are there. */
export function readingOf(ctx: Pick<ProcedureContext, 'clock'>, uploads: readonly UploadRow[], lang: Lang) {
  return { lang, today: legalDay(ctx.clock()), filled: new Set(uploads.map((upload) => upload.slot)) };
}

export interface SavePageInput {
  readonly draftId: string;
  readonly pageId: string;
  readonly itemIndex?: number;
  readonly posted: URLSearchParams;
  readonly lang: Lang;
  /** The page as the person saw it: what a guide has typed since stays. */
  readonly seen?: SeenPage;
}

export interface SavedPage extends OpenDraft {
  readonly page: Page;
  /** Fields that stayed as a guide typed them. */
  readonly kept: ReadonlySet<string>;
}

/** Keeps what was typed on a page, right or wrong, and tells what is wrong with it. */
export async function savePage(ctx: ProcedureContext, actor: Citizen, input: SavePageInput): Promise<Result<SavedPage, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, ownerOf(actor));
    if (draft === undefined) return refuse(notFound);
    const pkg = await ctx.desk.pinned(draft.packageHash);
    const page = visiblePages(pkg, draft.answers).find((one) => one.id === input.pageId);
    if (page === undefined) return refuse(notFound);
    const uploads = await listUploads(tx, draft.id);
    const reading = readingOf(ctx, uploads, input.lang);
    const read = readPage(page, input.posted, draft.answers, reading, input.itemIndex);
    const kept = await typedMeanwhile(ctx, tx, input.seen, input, valuesOf(page, read.answers, input.itemIndex));
    const answers = withKept(page, { read: read.answers, before: draft.answers }, kept, input.itemIndex);
    const saved: Draft = { ...draft, answers, updatedAt: ctx.clock(), lastPage: page.id };
    await updateDraft(tx, saved);
    const found = kept.size === 0 ? read.problems : pageProblems(page, answers, reading, input.itemIndex);
    const problems = found.map((problem) => ({
      ...problem,
      pageId: page.id,
      ...(input.itemIndex === undefined ? {} : { itemIndex: input.itemIndex }),
    }));
    await voidSignatures(ctx, tx, actor, pkg, saved);
    return ok({ draft: saved, pkg, uploads, cosigners: await listCosigners(tx, draft.id), page, kept, problems });
  });
}

/** Takes an item (a tree) out of the application. */
export async function dropItem(
  ctx: ProcedureContext,
  actor: Citizen,
  input: { draftId: string; pageId: string; itemIndex: number },
): Promise<Result<Draft, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, ownerOf(actor));
    if (draft === undefined) return refuse(notFound);
    const pkg = await ctx.desk.pinned(draft.packageHash);
    const page = pkg.form.pages.find((one) => one.id === input.pageId);
    if (page === undefined) return refuse(notFound);
    const saved: Draft = { ...draft, answers: removeItem(page, draft.answers, input.itemIndex), updatedAt: ctx.clock() };
    await updateDraft(tx, saved);
    await voidSignatures(ctx, tx, actor, pkg, saved);
    return ok(saved);
  });
}

/** Chooses how the decision shall come. The Postfach counts as agreed unless excluded (§ 9 OZG). */
export async function chooseChannel(ctx: ProcedureContext, actor: Citizen, input: { draftId: string; channel: Channel }): Promise<Result<Draft, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId, ownerOf(actor));
    if (draft === undefined) return refuse(notFound);
    const saved = { ...draft, channel: input.channel, updatedAt: ctx.clock() };
    await updateDraft(tx, saved);
    return ok(saved);
  });
}

/** Throws an unfinished application away. @returns what it was */
export async function discardDraft(ctx: ProcedureContext, actor: Citizen, id: string): Promise<Result<Draft, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    const draft = await lockDraft(tx, id, ownerOf(actor));
    if (draft === undefined) return refuse(notFound);
    await removeDraft(ctx, tx, id);
    const now = ctx.clock();
    const help = await ctx.help?.close(tx, id, 'discarded', now);
    if (help !== undefined && help.entries.length > 0) await ctx.journal.append(tx, actor, now, help.entries);
    return ok(draft);
  });
}

/** The account's unfinished applications. */
export async function ownDrafts(ctx: ProcedureContext, actor: Citizen): Promise<Draft[]> {
  return listDrafts(ctx.database.read, ownerOf(actor));
}
