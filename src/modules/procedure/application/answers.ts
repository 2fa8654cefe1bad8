import { ownerOf, type Actor } from '../../../kernel/actor.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { allProblems, type Lang } from '../../catalogue/public.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { listCosigners } from '../store/cosigners.ts';
import { lockDraft, updateDraft, type Draft } from '../store/drafts.ts';
import { listUploads } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';
import { readingOf, type OpenDraft } from './drafts.ts';
import { voidSignatures } from './signatures.ts';

type Citizen = Extract<Actor, { kind: 'citizen' }>;

const LARGEST_ANSWERS = 200_000;

/** Replaces all answers of a draft at once, as programs do; says what is still wrong or missing. */
export async function putAnswers(
  ctx: ProcedureContext,
  actor: Citizen,
  draftId: string,
  answers: Readonly<Record<string, unknown>>,
  lang: Lang,
): Promise<Result<OpenDraft, CaseProblem>> {
  if (JSON.stringify(answers).length > LARGEST_ANSWERS) return refuse(invalidField('answers', 'Die Angaben sind zu umfangreich. Kürzen Sie die Texte.'));
  return ctx.database.transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId, ownerOf(actor));
    return draft === undefined ? refuse(notFound) : keepAnswers(ctx, tx, actor, draft, answers, lang);
  });
}

/** Keeps all answers of a draft that the caller holds; joint applicants sign anew. */
export async function keepAnswers(
  ctx: ProcedureContext,
  tx: Tx,
  actor: Citizen,
  draft: Draft,
  answers: Draft['answers'],
  lang: Lang,
): Promise<Result<OpenDraft, CaseProblem>> {
  const saved: Draft = { ...draft, answers, updatedAt: ctx.clock() };
  await updateDraft(tx, saved);
  const pkg = await ctx.desk.pinned(draft.packageHash);
  const uploads = await listUploads(tx, draft.id);
  await voidSignatures(ctx, tx, actor, pkg, saved);
  return ok({ draft: saved, pkg, uploads, cosigners: await listCosigners(tx, draft.id), problems: allProblems(pkg, answers, readingOf(ctx, uploads, lang)) });
}
