import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { DecisionSheet } from '../../procedure/public.ts';
import { marksOpen, type Mark, type MarkInput } from '../domain/mark.ts';
import { notFound, type SheetsProblem } from '../domain/problems.ts';
import { listMarks } from '../store/marks.ts';
import type { CaseDocument, CaseView, SheetsContext } from './context.ts';
import type { SheetSource } from './sheet-desk.ts';

/** An entry as its reader may see it; only officers learn who wrote it. */
export interface ShownMark extends MarkInput {
  readonly id?: string | undefined;
  readonly number: number;
  readonly version?: number | undefined;
  readonly writtenBy?: string | undefined;
  readonly writtenAt?: Temporal.Instant | undefined;
}

/** A sheet opened by somebody who may see it. */
export interface OpenSheet {
  readonly view: CaseView;
  readonly document: CaseDocument;
  readonly source: SheetSource;
  readonly marks: readonly ShownMark[];
  /** This person may enter something now. */
  readonly changeable: boolean;
}

const DRAWABLE = ['application/pdf', 'image/png', 'image/jpeg'];
export const isDrawable = ({ mediaType }: Pick<CaseDocument, 'mediaType'>): boolean => DRAWABLE.includes(mediaType);

/** The case for somebody who may see it. Nothing is journalled. */
export async function seenCase(ctx: SheetsContext, actor: Actor, caseId: string): Promise<Result<CaseView, SheetsProblem>> {
  const view = await ctx.cases.read(ctx.database.read, caseId);
  return view === undefined || !ctx.cases.maySee(actor, view) ? refuse(notFound) : ok(view);
}

/** Opens a sheet, or a part of it. An officer's look is journalled once a visit. */
export async function openSheet(ctx: SheetsContext, actor: Actor, caseId: string, uploadId: string): Promise<Result<OpenSheet, SheetsProblem>> {
  const view = await seenCase(ctx, actor, caseId);
  if (!view.ok) return view;
  const document = view.value.documents.find((one) => one.id === uploadId);
  if (document === undefined || !isDrawable(document)) return refuse(notFound);
  await noteVisit(ctx, actor, caseId, uploadId);
  return ok({
    view: view.value,
    document,
    source: sourceOf(ctx, document),
    marks: await marksFor(ctx, actor, view.value, uploadId),
    changeable: actor.kind === 'staff' && ctx.cases.mayAct(actor, view.value) && marksOpen(view.value),
  });
}

async function noteVisit(ctx: SheetsContext, actor: Actor, caseId: string, uploadId: string): Promise<void> {
  if (actor.kind !== 'staff' || !ctx.visits.begins(actor, uploadId)) return;
  try {
    await ctx.cases.noteRead(actor, caseId);
  } catch (error) {
    ctx.visits.forget(actor, uploadId);
    throw error;
  }
}

/** The authority sees its entries; the applicant those that went out with a decision. */
async function marksFor(ctx: SheetsContext, actor: Actor, view: CaseView, uploadId: string): Promise<readonly ShownMark[]> {
  if (actor.kind === 'staff') return ofSheet(await listMarks(ctx.database.read, view.id), uploadId);
  return view.released.findLast((one) => one.uploadId === uploadId)?.marks ?? [];
}

export const ofSheet = (marks: readonly Mark[], uploadId: string): Mark[] => marks.filter((one) => one.uploadId === uploadId);

export function sourceOf(ctx: Pick<SheetsContext, 'database' | 'readFile'>, { sha256, mediaType }: Pick<CaseDocument, 'sha256' | 'mediaType'>): SheetSource {
  return {
    sha256,
    mediaType,
    async bytes() {
      const file = await ctx.readFile(ctx.database.read, sha256);
      if (file === undefined) throw new Error(`file ${sha256} is not there`);
      return file.bytes;
    },
  };
}

/** Every file of a case with what is entered on it, for whoever may see the case. */
export async function listSheets(
  ctx: SheetsContext,
  actor: Actor,
  caseId: string,
): Promise<Result<{ view: CaseView; sheets: readonly (CaseDocument & { readonly marks: readonly ShownMark[] })[] }, SheetsProblem>> {
  const view = await seenCase(ctx, actor, caseId);
  if (!view.ok) return view;
  await noteVisit(ctx, actor, caseId, caseId);
  const all = actor.kind === 'staff' ? await listMarks(ctx.database.read, caseId) : [];
  const released = (id: string): DecisionSheet | undefined => view.value.released.findLast((one) => one.uploadId === id);
  const marks = (id: string): readonly ShownMark[] => (actor.kind === 'staff' ? ofSheet(all, id) : (released(id)?.marks ?? []));
  return ok({ view: view.value, sheets: view.value.documents.map((document) => ({ ...document, marks: marks(document.id) })) });
}
